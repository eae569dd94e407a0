import type { Disposer } from '../../core/base/disposable.ts'
import { type ByteLink, byteLink } from '../../ipc/byte-link.ts'
import type { Port } from '../../ipc/port.ts'
import { errorCode } from '../log.ts'
import type { Clock } from './clock.ts'
import { createDiscovery, type Discovery, type Multicast } from './discovery.ts'
import { inviteService } from './invite-service.ts'
import { createLanTransport } from './lan-transport.ts'
import { mdnsMulticast } from './multicast.ts'
import type { FromNetwork, People, ToNetwork } from './network-messages.ts'
import type { Switchboard } from './switchboard.ts'
import { type TagBook, tagBook } from './tags.ts'
import { type CloseReason, type Connection, isCloseReason } from './transport.ts'

export type NetworkServiceOptions = {
  readonly clock: Clock
  readonly random: () => number
  readonly tell: (message: FromNetwork) => void
  /** Multicast DNS, unless a test has a link of its own. */
  readonly multicast?: Multicast
}

/** How long those who are turned away are counted before somebody is told. */
const COUNT_FOR = 5_000

/** The network as main asks for it. One transport at a time; `port` comes with `carry`. */
export function networkService({ clock, random, tell, multicast }: NetworkServiceOptions) {
  const connections = new Map<number, Connection>()
  let next = 1
  let board: Switchboard | null = null
  let book: TagBook = tagBook([], [], clock.now)
  let counts: Record<string, number> = {}
  let counting: Disposer | null = null

  // One for the transport and all invites: their sockets are the same ones.
  const discoveries = new Map<'network' | 'computer', Discovery>()
  const discovery = (reach: 'network' | 'computer') => {
    const made = discoveries.get(reach) ?? createDiscovery(multicast ?? mdnsMulticast({ clock, reach }), clock)
    discoveries.set(reach, made)
    return made
  }
  const invites = inviteService({ clock, random, tell, discovery })

  const know = (people: People) => {
    book = tagBook(people.own, people.others, clock.now)
    board?.allow(new Set(people.allowed))
  }
  const refused = (why: string) => {
    counts[why] = (counts[why] ?? 0) + 1
    counting ??= clock.after(COUNT_FOR, () => {
      counting = null
      tell({ tell: 'refused', counts })
      counts = {}
    })
  }

  const start = async (asked: Extract<ToNetwork, { do: 'start' }>) => {
    const made = createLanTransport({
      keyPair: asked.keyPair,
      clock,
      random,
      discovery: discovery(asked.reach),
      tags: (day) => book.tags(day),
      match: (tag) => book.match(tag),
      port: asked.port,
      ...(asked.reach === 'computer' ? { hosts: ['127.0.0.1'] } : {}),
      refused,
    })
    board = made
    made.onTrouble((trouble) => tell({ tell: 'trouble', trouble }))
    made.onConnection((connection) => {
      const id = next++
      connections.set(id, connection)
      const { remote, path, initiated } = connection
      connection.onClose((why) => {
        connections.delete(id)
        tell({ tell: 'closed', id, why })
      })
      tell({ tell: 'connection', id, remote, path, initiated })
    })
    know(asked.people)
    try {
      await made.start()
      tell({ tell: 'started', port: made.port })
    } catch (error) {
      board = null
      tell({ tell: 'failed', code: errorCode(error) })
    }
  }

  return {
    async handle(message: ToNetwork, port: Port | null): Promise<void> {
      switch (message.do) {
        case 'start':
          if (!board) await start(message)
          break
        case 'know':
          know(message.people)
          break
        case 'seek':
          board?.seek(message.key, message.hints)
          break
        case 'carry': {
          const connection = connections.get(message.id)
          if (connection && port) carry(connection, byteLink(port))
          else port?.close()
          break
        }
        case 'stop':
          invites.cancelAll()
          await board?.stop()
          board = null
          counting?.()
          counting = null
          tell({ tell: 'stopped' })
          break
        case 'invite':
          await invites.invite(message)
          break
        case 'join':
          await invites.join(message)
          break
        case 'answer':
          invites.answer(message.id, message.reply)
          break
        case 'cancel':
          invites.cancel(message.id)
      }
    },
  }
}

/** Joins a connection to a port: whichever side is slow holds the other back. */
export function carry(connection: Connection, link: ByteLink): void {
  /** A listener's promise: until the side that was written to takes more, or is gone. */
  const relay = (send: (message: Uint8Array) => boolean) => {
    let open: (() => void) | null = null
    return {
      drain: () => {
        open?.()
        open = null
      },
      take: (message: Uint8Array): void | Promise<void> => {
        if (send(message)) return
        return new Promise<void>((resolve) => {
          open = resolve
        })
      },
    }
  }
  const inward = relay((message) => link.send(message))
  const outward = relay((message) => connection.send(message))
  link.onDrain(inward.drain)
  connection.onDrain(outward.drain)
  connection.onClose((why: CloseReason) => {
    outward.drain()
    link.close(why)
  })
  link.onClose((why) => {
    inward.drain()
    connection.close(isCloseReason(why) ? why : 'left')
  })
  connection.onMessage(inward.take)
  link.onMessage(outward.take)
}
