import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { Profile } from '../store/profile.ts'

/**
 * How a second start on a profile talks to the first: a socket that only this user can open, one JSON value a
 * line. The first line carries a secret out of a file that only this user can read, so that on Windows, where a
 * pipe has no owner, another user's program cannot ask for anything.
 */
export const doorShape = z.object({
  address: z.string(),
  secret: z.string(),
  pid: z.number(),
  /** Whether the first start has windows, or runs a command line and ends with it. */
  mode: z.enum(['app', 'cli']),
})
export type Door = z.infer<typeof doorShape>

export const requestShape = z.object({ secret: z.string(), argv: z.array(z.string()), cwd: z.string() })
export const answerShape = z.union([
  z.object({ progress: z.tuple([z.string(), z.number(), z.number()]) }),
  z.object({ say: z.string() }),
  z.object({ exit: z.literal(0), value: z.unknown() }),
  z.object({ exit: z.union([z.literal(1), z.literal(2)]), message: z.string(), value: z.unknown().optional() }),
])
export type Answer = z.infer<typeof answerShape>

/** Unix limits a socket's path to about 104 bytes; a longer one lies in a folder of this user's own. */
const MAX_SOCKET_PATH = 100

export function newAddress(profile: Profile): string {
  const name = randomBytes(16).toString('hex')
  if (process.platform === 'win32') return `\\\\.\\pipe\\throughline-${name}`
  const own = path.join(profile.folder, 'door.sock')
  if (Buffer.byteLength(own) <= MAX_SOCKET_PATH) return own
  const folder = createHash('sha256').update(profile.folder).digest('hex').slice(0, 16)
  return path.join(os.tmpdir(), `throughline-${os.userInfo().uid}-${folder}`, 'door.sock')
}

/** The door of a profile, whether or not somebody stands behind it; null where there is none. */
export async function readDoor(profile: Profile): Promise<Door | null> {
  try {
    return doorShape.parse(JSON.parse(await readFile(profile.door, 'utf8')))
  } catch {
    return null
  }
}

export function isSecret(given: string, expected: string): boolean {
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

/** Splits what arrives into lines; `onLine` gets each without its end. A line beyond `max` bytes ends with `onFlood`. */
export function lines(onLine: (line: string) => void, onFlood: () => void, max = 256 << 20): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let size = 0
  return (chunk) => {
    let from = 0
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, at))
      const line = Buffer.concat(parts).toString('utf8')
      parts = []
      size = 0
      from = at + 1
      onLine(line)
    }
    if (from === chunk.length) return
    parts.push(chunk.subarray(from))
    size += chunk.length - from
    if (size > max) onFlood()
  }
}

export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
