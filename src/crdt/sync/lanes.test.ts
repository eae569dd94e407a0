import { expect, test } from 'vitest'
import { Inbox, LANE, Outbox, WINDOW } from './lanes.ts'
import { MAX_FRAME, type SyncLink } from './port.ts'
import { type Message, readMessage, writeMessage } from './wire.ts'

const HASH = 'ab'.repeat(32)
const give = (size: number): Message => ({
  kind: 'give',
  number: 1,
  given: { hash: HASH, update: new Uint8Array(size) },
})
const live = (word: string): Message => ({ kind: 'live', id: word, update: new Uint8Array(9) })

/** A connection that takes one message at a time. */
function slowLink() {
  const sent: Uint8Array[] = []
  let drain = () => {}
  const link: SyncLink = {
    send: (message) => {
      sent.push(message)
      return false
    },
    onDrain: (listener) => {
      drain = listener
      return () => {}
    },
    onMessage: () => () => {},
    close: () => {},
  }
  return { link, sent, drain: () => drain() }
}

test('Y6 what somebody types goes between the parts of a large doc', () => {
  const { link, sent, drain } = slowLink()
  const outbox = new Outbox(link)
  outbox.send(LANE.docs, give(400_000))
  drain()
  outbox.send(LANE.live, live('typed'))
  outbox.send(LANE.control, { kind: 'root', root: HASH })
  for (let i = 0; i < 12; i++) drain()
  const kinds = sent.map((frame) => readMessage(frame).kind)
  expect(kinds.slice(0, 5)).toEqual(['part', 'part', 'root', 'live', 'part'])
  expect(sent.every((frame) => frame.length <= MAX_FRAME)).toBe(true)
  const inbox = new Inbox(() => {})
  const whole = sent.flatMap((frame) => {
    const arrived = inbox.take(frame)
    return arrived ? [arrived.message] : []
  })
  expect(whole.map(({ kind }) => kind)).toEqual(['root', 'live', 'give'])
  expect(whole[2]).toEqual(give(400_000))
})

test('Y7 a lane waits for credit, and the others do not wait for it', () => {
  const sent: Message[] = []
  const link = { ...slowLink().link, send: (frame: Uint8Array) => sent.push(readMessage(frame)) > 0 }
  const outbox = new Outbox(link)
  const window = WINDOW[LANE.docs] as number
  for (let i = 0; i < 300; i++) outbox.send(LANE.docs, give(50_000))
  const first = sent.length
  expect(first * 50_000).toBeLessThan(window + 60_000)
  outbox.send(LANE.live, live('typed'))
  expect(sent.at(-1)?.kind).toBe('live')
  expect(outbox.credit(LANE.docs, 500_000)).toBe(true)
  expect(sent.length - first - 1).toBeGreaterThan(8)
  expect(outbox.credit(LANE.docs, 400_000)).toBe(false)
  expect(outbox.credit(LANE.control, 1)).toBe(false)
})

test('Y2 every message is read as it was written', () => {
  const messages: Message[] = [
    { kind: 'hello', protocol: 1, least: 1, vault: 'ü', schema: 3, count: 9, root: HASH, settled: true, files: HASH },
    { kind: 'part', lane: 3, last: true, bytes: new Uint8Array([1]) },
    { kind: 'ask', nodes: [{ node: 33_000, mine: 4 }] },
    { kind: 'sums', node: 0, sums: Array.from({ length: 32 }, () => 'cd'.repeat(8)) },
    { kind: 'items', node: 5, from: 1, to: 2, last: false, items: [{ id: 'a', hash: HASH, updated: 7 }] },
    { kind: 'heads', first: true, items: [{ id: 'a', hash: null, updated: 0 }] },
    { kind: 'pull', number: 4, id: 'a', vector: new Uint8Array([0]) },
    { kind: 'pull', number: 4, id: 'a', vector: null },
    give(3),
    { kind: 'give', number: 1, given: null },
    { kind: 'got', id: 'a', at: HASH, now: HASH },
    live('a'),
    { kind: 'root', root: HASH },
    { kind: 'credit', lane: 1, bytes: 2 ** 40 },
    { kind: 'open', ids: ['a', 'b'] },
    { kind: 'aware', id: 'a', update: new Uint8Array([1, 2]) },
    { kind: 'files', files: [{ sha256: HASH, size: 1, label: '' }] },
    { kind: 'want', sha256: HASH, offset: 3 },
    { kind: 'chunk', sha256: HASH, offset: 3, bytes: new Uint8Array([1]) },
    { kind: 'lack', sha256: HASH },
    { kind: 'end', reason: 'flood' },
  ]
  for (const message of messages) expect(readMessage(writeMessage(message))).toEqual(message)
})
