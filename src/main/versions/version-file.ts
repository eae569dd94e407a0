import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import { z } from 'zod'
import type { Version } from '../../core/history/version.ts'
import { bigChangeShape, versionShape } from '../../ipc/history-shapes.ts'
import { type FileFormat, frameLength } from '../journal/frames.ts'

/** What the files of versions hold (README.md, "Files"). */
export const VERSION_FILE: FileFormat = { what: 'versions', version: 1 }
export const CHANGE_FILE: FileFormat = { what: 'changes', version: 1 }
export const CLOCK_FILE: FileFormat = { what: 'clock', version: 1 }

/** A state is as large as a note; a damaged file must not fill the memory. */
const MAX_STATE = 512 * 1024 * 1024

/** First byte of a payload. A state is followed by its sha256 as 32 bytes and the deflated state, the rest by JSON. */
const KIND = { version: 1, state: 2, change: 3, removal: 4, bigChange: 5, clock: 6 } as const
const HASH_END = 33

const changeShape = z.object({
  version: z.string(),
  name: z.string().nullable().optional(),
  pins: z.array(z.string()).optional(),
})
const removalShape = z.object({ versions: z.array(z.string()) })
const clockShape = z.object({ believed: z.number(), since: z.number(), last: z.number() })

export type VersionChange = z.infer<typeof changeShape>
export type Entry =
  | { readonly is: 'version'; readonly version: Version }
  | { readonly is: 'state'; readonly hash: string }
  | { readonly is: 'change'; readonly change: VersionChange }
  | { readonly is: 'removal'; readonly versions: readonly string[] }
  | { readonly is: 'bigChange'; readonly change: z.infer<typeof bigChangeShape> }
  | { readonly is: 'clock'; readonly clock: z.infer<typeof clockShape> }

const asJson = (kind: number, value: unknown): Uint8Array =>
  Buffer.concat([Buffer.of(kind), Buffer.from(JSON.stringify(value), 'utf8')])

export const versionPayload = (version: Version): Uint8Array => asJson(KIND.version, version)
export const changePayload = (change: VersionChange): Uint8Array => asJson(KIND.change, change)
export const removalPayload = (versions: readonly string[]): Uint8Array => asJson(KIND.removal, { versions })
export const bigChangePayload = (change: z.infer<typeof bigChangeShape>): Uint8Array => asJson(KIND.bigChange, change)
export const clockPayload = (clock: z.infer<typeof clockShape>): Uint8Array => asJson(KIND.clock, clock)

export async function statePayload(hash: string, state: Uint8Array): Promise<Uint8Array> {
  const packed = await promisify(deflateRaw)(state)
  return Buffer.concat([Buffer.of(KIND.state), Buffer.from(hash, 'hex'), packed])
}

/** The state of a payload; null where it is not what its hash says. */
export async function readState(payload: Uint8Array, hash: string): Promise<Uint8Array | null> {
  if (payload[0] !== KIND.state || hexOf(payload) !== hash) return null
  try {
    const state = await promisify(inflateRaw)(payload.subarray(HASH_END), { maxOutputLength: MAX_STATE })
    return sha256(state) === hash ? state : null
  } catch {
    return null
  }
}

/** null for what this program does not know or cannot read: an intact frame with other content. */
export function readEntry(payload: Uint8Array): Entry | null {
  if (payload[0] === KIND.state) return payload.length > HASH_END ? { is: 'state', hash: hexOf(payload) } : null
  const value = jsonOf(payload)
  switch (payload[0]) {
    case KIND.version: {
      const version = versionShape.safeParse(value)
      return version.success ? { is: 'version', version: version.data } : null
    }
    case KIND.change: {
      const change = changeShape.safeParse(value)
      return change.success ? { is: 'change', change: change.data } : null
    }
    case KIND.removal: {
      const removal = removalShape.safeParse(value)
      return removal.success ? { is: 'removal', versions: removal.data.versions } : null
    }
    case KIND.bigChange: {
      const change = bigChangeShape.safeParse(value)
      return change.success ? { is: 'bigChange', change: change.data } : null
    }
    case KIND.clock: {
      const clock = clockShape.safeParse(value)
      return clock.success ? { is: 'clock', clock: clock.data } : null
    }
    default:
      return null
  }
}

function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset + 1, payload.length - 1).toString('utf8'))
  } catch {
    return null
  }
}

const hexOf = (payload: Uint8Array): string =>
  Buffer.from(payload.buffer, payload.byteOffset + 1, HASH_END - 1).toString('hex')

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

type StatePlace = { readonly offset: number; readonly length: number }

/** What a file of versions holds, without the states themselves. */
export class VersionIndex {
  #versions: Version[] = []
  readonly states = new Map<string, StatePlace>()
  /** Bytes of the file. */
  size = 0

  /** Takes the next frame of the file, in order. */
  add(entry: Entry | null, offset: number, payload: Uint8Array): void {
    if (entry?.is === 'version') {
      // The same one twice: an answer that was lost, and the call that was made again.
      if (this.#versions.every(({ id }) => id !== entry.version.id)) this.#versions.push(entry.version)
    } else if (entry?.is === 'state') this.states.set(entry.hash, { offset, length: payload.length })
    else if (entry?.is === 'change') {
      const { version, name, pins } = entry.change
      const more = { ...(name === undefined ? {} : { name }), ...(pins === undefined ? {} : { pins }) }
      this.#versions = this.#versions.map((each) => (each.id === version ? { ...each, ...more } : each))
    } else if (entry?.is === 'removal') this.#versions = this.#versions.filter(({ id }) => !entry.versions.includes(id))
  }

  /** Versions that can be read, in the order in which they were kept. */
  get versions(): Version[] {
    return this.#versions.filter(({ hash }) => this.states.has(hash))
  }

  get(id: string): Version | undefined {
    return this.#versions.find((version) => version.id === id)
  }

  /** Bytes that a file with the present versions only would have, without its header. */
  get living(): number {
    const hashes = new Set(this.versions.map(({ hash }) => hash))
    let bytes = 0
    for (const hash of hashes) bytes += frameLength({ length: this.states.get(hash)?.length ?? 0 } as Uint8Array)
    for (const version of this.versions) bytes += frameLength(versionPayload(version))
    return bytes
  }
}
