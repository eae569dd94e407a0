// A device of the tests' network as a process of its own: node network-peer.js '{"index":0,"count":2,"secret":"…"}'
// It says on stdout, a JSON line each, what happens, and ends when its stdin does.
import { createHash } from 'node:crypto'
import process from 'node:process'
import { systemClock } from '../main/network/clock.ts'
import { createDiscovery } from '../main/network/discovery.ts'
import { createLanTransport } from '../main/network/lan-transport.ts'
import type { Limits } from '../main/network/limits.ts'
import { mdnsMulticast } from '../main/network/multicast.ts'
import { deviceKeyOf, keyPair } from '../main/network/noise.ts'
import { tagBook } from '../main/network/tags.ts'

export type PeerOptions = {
  readonly index: number
  readonly count: number
  readonly secret: string
  readonly port?: number
  readonly limits?: Partial<Limits>
  readonly load?: { readonly messages: number; readonly bytes: number }
}

export type PeerLine =
  | { readonly event: 'listening'; readonly port: number; readonly at: number }
  | { readonly event: 'connected'; readonly with: number; readonly at: number }
  | { readonly event: 'exchanged'; readonly with: number; readonly at: number }
  | { readonly event: 'closed'; readonly with: number; readonly why: string; readonly at: number }
  | {
      readonly event: 'loaded'
      readonly bytes: number
      readonly cpu: number
      readonly most: number
      readonly at: number
    }

async function main({ index, count, secret, port, limits, load }: PeerOptions): Promise<void> {
  const pairs = Array.from({ length: count }, (_, at) =>
    keyPair(createHash('sha256').update(`${secret} ${at}`).digest()),
  )
  const keys = pairs.map(({ publicKey }) => deviceKeyOf(publicKey))
  const [own, self] = [pairs[index], keys[index]]
  if (!own || !self) throw new Error('there is no such peer')
  const aliases = keys.map((key) => ({ secret: Buffer.from(secret), key }))
  const book = tagBook(
    aliases.filter(({ key }) => key === self),
    aliases.filter(({ key }) => key !== self),
    systemClock.now,
  )
  const transport = createLanTransport({
    keyPair: own,
    clock: systemClock,
    random: Math.random,
    discovery: createDiscovery(mdnsMulticast({ clock: systemClock, reach: 'network' }), systemClock),
    ...book,
    ...(port ? { port } : {}),
    ...(limits ? { limits } : {}),
  })
  // A line is written before anything else happens: the reader's clock is its own.
  const tell = (line: PeerLine) => void process.stdout.write(`${JSON.stringify(line)}\n`)
  const expected = load ? load.messages * load.bytes : 0
  transport.onConnection((connection) => {
    const other = keys.indexOf(connection.remote)
    tell({ event: 'connected', with: other, at: Date.now() })
    const before = process.cpuUsage()
    let got = 0
    let left = load && index === 0 ? load.messages : 0
    let most = 0
    const done = () => {
      const { user, system } = process.cpuUsage(before)
      tell({ event: 'loaded', bytes: got, cpu: (user + system) / 1e6, most, at: Date.now() })
    }
    const write = () => {
      let more = true
      while (more && left > 0) {
        left--
        more = connection.send(new Uint8Array(load?.bytes ?? 0))
      }
      most = Math.max(most, transport.counts().held)
    }
    connection.onDrain(write)
    connection.onMessage((message) => {
      if (message.length === 1) {
        tell({ event: 'exchanged', with: other, at: Date.now() })
        if (load && index === 0) write()
      } else if (message.length === 2) done()
      else {
        got += message.length
        if (got < expected) return
        done()
        connection.send(new Uint8Array(2))
      }
    })
    connection.onClose((why) => tell({ event: 'closed', with: other, why, at: Date.now() }))
    connection.send(new Uint8Array(1))
  })
  transport.allow(new Set(keys))
  await transport.start()
  tell({ event: 'listening', port: transport.port, at: Date.now() })
  for (const key of keys) if (key !== self) transport.seek(key)
  process.stdin.on('end', () => process.exit(0)).resume()
}

await main(JSON.parse(process.argv[2] ?? '{}') as PeerOptions)
