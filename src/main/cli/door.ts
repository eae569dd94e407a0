import { randomBytes } from 'node:crypto'
import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import path from 'node:path'
import type { Jobs } from '../jobs.ts'
import type { Services } from '../services.ts'
import { writeAtomic } from '../store/atomic.ts'
import { type Answer, type Door, isSecret, lines, newAddress, parseLine, requestShape } from './door-protocol.ts'
import { runVerb } from './run-verb.ts'

const MAX_REQUEST_BYTES = 1 << 20

export type OpenDoor = {
  /** Settles when nobody is being served. */
  idle(): Promise<void>
  close(): Promise<void>
}

/** Serves command lines of other starts on this profile. Throws where the socket cannot be made. */
export async function openDoor(mode: Door['mode'], services: Services, jobs: Jobs): Promise<OpenDoor> {
  const { profile } = services
  const address = newAddress(profile)
  const secret = randomBytes(32).toString('base64url')
  const running = new Set<Promise<void>>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    const served = serveOne(socket, secret, services, jobs)
    running.add(served)
    void served.finally(() => running.delete(served))
  })
  await listen(server, address)
  const door: Door = { address, secret, pid: process.pid, mode }
  await writeAtomic(profile.door, JSON.stringify(door))
  return {
    idle: async () => {
      while (running.size > 0) await Promise.all(running)
    },
    close: async () => {
      await rm(profile.door, { force: true })
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

async function listen(server: Server, address: string): Promise<void> {
  const isFile = process.platform !== 'win32'
  if (isFile) {
    await mkdir(path.dirname(address), { recursive: true, mode: 0o700 })
    // Left by a process that was killed: we hold the profile's lock, so nobody listens there.
    await rm(address, { force: true })
  }
  const mask = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(address, resolve)
    })
  } finally {
    process.umask(mask)
  }
  if (isFile) await chmod(address, 0o600)
}

/** One connection is one command line; its end, by Ctrl+C or a kill, stops the work. */
function serveOne(socket: Socket, secret: string, services: Services, jobs: Jobs): Promise<void> {
  return new Promise((done) => {
    const gone = new AbortController()
    let isStarted = false
    const answer = (message: Answer) => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`)
    }
    const start = async (line: string) => {
      const request = requestShape.safeParse(parseLine(line))
      if (!request.success || !isSecret(request.data.secret, secret)) {
        services.log.warn('door.refused')
        socket.destroy()
        return
      }
      const output = {
        progress: (what: string, count: number, total: number) => answer({ progress: [what, count, total] }),
        say: (text: string) => answer({ say: text }),
      }
      const { argv, cwd } = request.data
      answer(await runVerb(argv, { ...output, cwd, signal: gone.signal }, services, jobs))
      socket.end()
    }
    const onChunk = lines(
      (line) => {
        if (isStarted) return
        isStarted = true
        void start(line).finally(done)
      },
      () => socket.destroy(),
      MAX_REQUEST_BYTES,
    )
    socket.on('data', onChunk)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      gone.abort()
      if (!isStarted) done()
    })
  })
}
