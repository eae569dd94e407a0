import { afterEach, expect, test, vi } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { type NoteId, noteId } from '../../../core/base/ids.ts'
import { byteChannel } from '../../../crdt/byte-channel.ts'
import { serveDoc } from '../../../crdt/note-channel.ts'
import { domPort } from '../../../ipc/port.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { seedUpdate } from '../../../testing/convergence-peers.ts'
import { type NoteHost, openReplica, replicasStored } from './open-replica.ts'

afterEach(() => vi.useRealTimers())

const ID: NoteId = noteId('note-for-the-test')

/** A host with one note; `end` is what its death looks like from a window. */
function host(doc: Y.Doc, whenStored = async () => {}) {
  const ports: MessagePort[] = []
  const awareness = new Awareness(doc)
  let end = () => {}
  const closed = new Promise<void>((resolve) => {
    end = resolve
  })
  const call = async (_name: string, _input: unknown, given: readonly MessagePort[] = []) => {
    const [port] = given
    if (!port) throw new CallError('invalid', 'no port')
    ports.push(port)
    serveDoc({ doc, awareness, channel: byteChannel(domPort(port)), whenStored })
  }
  const client = { call, closed } as unknown as NoteHost
  return {
    client,
    awareness,
    die: () => {
      end()
      for (const port of ports) port.close()
    },
  }
}

const rootOf = (doc: Y.Doc) => doc.get('root-v2', Y.XmlElement) as Y.XmlElement

const acknowledged = (replica: ReturnType<typeof openReplica>) =>
  new Promise<void>((resolve) => {
    if (replica.pending === 0) return resolve()
    const stop = replica.onPending((count) => {
      if (count > 0) return
      stop()
      resolve()
    })
  })

test('a note arrives, and an edit is pending until it is stored', async () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['one']))
  const replica = openReplica(ID)
  replica.attach(host(doc).client)
  await replica.ready
  expect(rootOf(replica.doc).length).toBe(1)
  rootOf(replica.doc).insert(1, [new Y.XmlElement('paragraph')])
  expect(replica.pending).toBeGreaterThan(0)
  await acknowledged(replica)
  expect(rootOf(doc).length).toBe(2)
  replica.close()
})

test('a note without a block is not ready until its first block comes', async () => {
  const doc = new Y.Doc()
  const replica = openReplica(ID)
  replica.attach(host(doc).client)
  const order: string[] = []
  const ready = replica.ready.then(() => order.push('ready'))
  // both sides have answered each other by then, with nothing
  await new Promise<void>((resolve) => replica.awareness.once('update', () => resolve()))
  order.push('first block')
  Y.applyUpdate(doc, seedUpdate(['one']))
  await ready
  expect(order).toEqual(['first block', 'ready'])
  replica.close()
})

test('what was written while the host was dead reaches its successor', async () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['one']))
  const first = host(doc)
  const replica = openReplica(ID)
  replica.attach(first.client)
  await replica.ready
  first.die()
  rootOf(replica.doc).insert(1, [new Y.XmlElement('paragraph')])
  // the successor lost everything
  const reborn = new Y.Doc()
  replica.attach(host(reborn).client)
  await acknowledged(replica)
  expect(rootOf(reborn).length).toBe(2)
  replica.close()
})

test('a host that has no such note says so', async () => {
  const refusing = {
    call: async () => {
      throw new CallError('not-found', 'There is no such note.')
    },
    closed: new Promise<void>(() => {}),
  } as unknown as NoteHost
  const replica = openReplica(ID)
  const code = new Promise((resolve) => replica.onRefused(resolve))
  replica.attach(refusing)
  expect(await code).toBe('not-found')
  replica.close()
})

test('closing waits for what is on its way', async () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['one']))
  const replica = openReplica(ID)
  replica.attach(host(doc).client)
  await replica.ready
  rootOf(replica.doc).insert(1, [new Y.XmlElement('paragraph')])
  const done = acknowledged(replica)
  replica.close()
  await done
  expect(rootOf(doc).length).toBe(2)
})

test('a note that is left while the host is dead is kept until its successor has the words', async () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['one']))
  const first = host(doc)
  const replica = openReplica(ID)
  replica.attach(first.client)
  await replica.ready
  const there = new Promise<void>((resolve) => replica.awareness.once('change', () => resolve()))
  first.awareness.setLocalStateField('user', 'there')
  await there
  const left = new Promise<void>((resolve) => replica.awareness.once('change', () => resolve()))
  first.die()
  // its caret goes when the channel has closed
  await left
  rootOf(replica.doc).insert(1, [new Y.XmlElement('paragraph')])
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  replica.close()
  // a host that keeps dying is started again after ten seconds
  vi.advanceTimersByTime(60_000)
  let isClosed = false
  const closed = replicasStored().then(() => {
    isClosed = true
  })
  await Promise.resolve()
  expect(isClosed).toBe(false)
  replica.attach(host(doc).client)
  await closed
  expect(rootOf(doc).length).toBe(2)
})

test('a note that is left with a host that cannot store lets go: the words lie in the host', async () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(['one']))
  const replica = openReplica(ID)
  replica.attach(host(doc, () => new Promise(() => {})).client)
  await replica.ready
  rootOf(replica.doc).insert(1, [new Y.XmlElement('paragraph')])
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  replica.close()
  vi.advanceTimersByTime(6_000)
  await replica.closed
})
