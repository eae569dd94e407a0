import { createSocket, type RemoteInfo, type Socket } from 'node:dgram'
import { EventEmitter } from 'node:events'
import { BlockList } from 'node:net'
import { networkInterfaces } from 'node:os'
import makeMdns, { type MulticastDNS, type ResponsePacket } from 'multicast-dns'
import type { Clock } from './clock.ts'
import type { Multicast } from './discovery.ts'
import { PacketBudget } from './packet-budget.ts'
import type { Address } from './transport.ts'

/** macOS asks for this in the app's Info.plist (NSBonjourServices). */
export const SERVICE = '_throughline._tcp'
const NAME = `${SERVICE}.local`
const TAG = new RegExp(`^([0-9a-f]{32})\\.${NAME.replaceAll('.', '\\.')}$`)

const GROUP_4 = '224.0.0.251'
const GROUP_6 = 'ff02::fb'
const POLL = 2_000
const TTL = 120
/** Tags in one packet: it stays well under what a link carries whole. */
const IN_A_PACKET = 8

export type Interface = {
  readonly name: string
  readonly address: string
  readonly family: 4 | 6
  readonly internal: boolean
  /** `10.0.0.7/24`, all of this interface and family: an announcement from elsewhere is forged. */
  readonly networks: readonly string[]
}

export type MulticastOptions = {
  readonly clock: Clock
  /** Which interfaces: all, or only this computer itself. */
  readonly reach: 'network' | 'computer'
  /** 5353; another one in tests, so that nobody else on the computer hears of them. */
  readonly port?: number
  /** Counted, for whom wants to know how much is thrown away. */
  readonly dropped?: () => void
  readonly interfaces?: () => readonly Interface[]
}

/** One IPv4 address and one IPv6 scope of each interface, with its networks. */
export function systemInterfaces(): readonly Interface[] {
  const found: Interface[] = []
  for (const [name, addresses = []] of Object.entries(networkInterfaces())) {
    for (const family of [4, 6] as const) {
      const own = addresses.filter((one) => one.family === `IPv${family}`)
      const [first] = own
      if (!first) continue
      // A scope is written as the system writes it: a name, on Windows a number.
      const scope = process.platform === 'win32' && first.family === 'IPv6' ? String(first.scopeid) : name
      const address = family === 4 ? first.address : `::%${scope}`
      const networks = own.flatMap(({ cidr }) => cidr ?? [])
      found.push({ name, address, family, internal: first.internal, networks })
    }
  }
  return found
}

/** Multicast DNS on each interface and family by a socket of its own: only so does a packet go out by all of them. */
export function mdnsMulticast({
  clock,
  reach,
  port = 5353,
  dropped,
  interfaces = systemInterfaces,
}: MulticastOptions): Multicast {
  return {
    open({ heard, changed }) {
      const budget = new PacketBudget(clock)
      const open = new Map<string, MulticastDNS>()
      let timer = () => {}
      let near = new BlockList()

      const start = (one: Interface): MulticastDNS => {
        const name = keyOf(one)
        const mdns = makeMdns({
          socket: guarded(one.family, budget, dropped ?? (() => {})),
          type: one.family === 4 ? 'udp4' : 'udp6',
          ip: one.family === 4 ? GROUP_4 : GROUP_6,
          interface: one.address,
          bind: one.family === 4 ? '0.0.0.0' : '::',
          port,
        })
        const gone = () => {
          if (open.get(name) === mdns) open.delete(name)
          mdns.destroy()
        }
        // An interface that takes no multicast: tried again when the list is read again.
        mdns.on('error', gone)
        mdns.on('warning', () => {})
        mdns.on('query', ({ questions }) => {
          if (questions.some((question) => question.name === NAME)) heard({ kind: 'question' })
        })
        mdns.on('response', (packet, remote) => {
          if (!nearby(near, remote)) return
          const found = read(packet, remote)
          if (found.length > 0) heard({ kind: 'tags', found })
        })
        mdns.on('ready', () => changed())
        return mdns
      }

      const update = () => {
        // Within the computer the transport listens on IPv4 alone, so nothing is announced over the other.
        const wanted = interfaces().filter(({ internal, family }) => reach === 'network' || (internal && family === 4))
        const names = new Set(wanted.map(keyOf))
        near = networksOf(wanted)
        for (const [name, mdns] of open) {
          if (names.has(name)) continue
          open.delete(name)
          mdns.destroy()
        }
        for (const one of wanted) if (!open.has(keyOf(one))) open.set(keyOf(one), start(one))
        timer = clock.after(POLL, update)
      }
      update()

      return {
        ask: () => {
          for (const mdns of open.values()) mdns.query({ questions: [{ name: NAME, type: 'PTR' }] })
        },
        say: (tags, at) => {
          for (let from = 0; from < tags.length; from += IN_A_PACKET) {
            for (const mdns of open.values())
              mdns.respond({ answers: records(tags.slice(from, from + IN_A_PACKET), at) })
          }
        },
        close: () => {
          timer()
          for (const mdns of open.values()) mdns.destroy()
          open.clear()
        },
      }
    },
  }
}

const keyOf = ({ name, address, family }: Interface) => `${family} ${name} ${address}`

function networksOf(interfaces: readonly Interface[]): BlockList {
  const list = new BlockList()
  for (const { networks, family } of interfaces) {
    for (const network of networks) {
      const [address = '', bits] = network.split('/')
      list.addSubnet(address, Number(bits), `ipv${family}`)
    }
  }
  return list
}

/** Whether a packet's source lies in a network of ours: nobody has us dial the rest of the world by a forged one. */
function nearby(near: BlockList, { address, family }: RemoteInfo): boolean {
  return near.check(address.replace(/%.*$/, ''), family === 'IPv6' ? 'ipv6' : 'ipv4')
}

const records = (tags: readonly string[], port: number) =>
  tags.flatMap((tag) => [
    { name: NAME, type: 'PTR' as const, ttl: TTL, data: `${tag}.${NAME}` },
    { name: `${tag}.${NAME}`, type: 'SRV' as const, ttl: TTL, data: { port, target: `${tag}.local` } },
  ])

function read(packet: ResponsePacket, remote: RemoteInfo): { tag: string; address: Address }[] {
  const found: { tag: string; address: Address }[] = []
  for (const record of [...packet.answers, ...packet.additionals]) {
    if (record.type !== 'SRV') continue
    const tag = TAG.exec(record.name)?.[1]
    const { port } = record.data
    if (tag && port > 0 && found.length < IN_A_PACKET) found.push({ tag, address: { host: remote.address, port } })
  }
  return found
}

/**
 * A socket as multicast-dns takes one, that hands on only packets that may be ours: of a size, with a number of
 * records and at a rate that cost little to read.
 */
function guarded(family: 4 | 6, budget: PacketBudget, dropped: () => void): Socket {
  const socket = createSocket({ type: family === 4 ? 'udp4' : 'udp6', reuseAddr: true, ipv6Only: family === 6 })
  const admitted = new EventEmitter()
  socket.on('message', (message, remote) => {
    if (budget.admits(message, remote.address)) admitted.emit('message', message, remote)
    else dropped()
  })
  return new Proxy(socket, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (property === 'on') {
        return (event: string, listener: (...args: unknown[]) => void) =>
          event === 'message' ? admitted.on(event, listener) : target.on(event, listener)
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
