import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createRandom, type Random } from '../../testing/random.ts'
import { deliver, docOf, MemoryLinks, MemoryReplica, turn } from '../../testing/sync-peers.ts'
import { docHash } from '../doc-hash.ts'
import { checkUpdates } from './check.ts'
import { filesHash } from './files.ts'
import { WINDOW } from './lanes.ts'
import { type Hash32, MAX_FRAME } from './port.ts'
import { SyncSession } from './session.ts'
import { type Message, readMessage, writeMessage } from './wire.ts'

/** Updates; a fifth as many frames, which take a session each. `FUZZ_RUNS=25000` for 5,000 of those. */
const MUTATIONS = Number(process.env.FUZZ_RUNS ?? 5_000)
const say = (word: string) => (doc: Y.Doc) => doc.getArray('log').push([word])
const hashOf = (text: string): Hash32 => toHexString(digest(new TextEncoder().encode(text)))

function victim(): MemoryReplica {
  const replica = new MemoryReplica()
  for (let i = 0; i < 4; i++) replica.edit(`note-${i}`, say('mine'), i + 1)
  return replica
}

/** A peer that says whatever a test wants, to a session that does not know. */
function puppet(replica = victim()) {
  const links = new MemoryLinks(1_000_000)
  const session = new SyncSession(replica, links.near)
  const heard: Message[] = []
  links.far.onMessage((frame) => heard.push(readMessage(frame)))
  const raw = (frame: Uint8Array) => links.far.send(frame)
  const say = (message: Message) => raw(writeMessage(message))
  const hello = (root = hashOf('other')) =>
    say({
      kind: 'hello',
      protocol: 1,
      least: 1,
      vault: 'vault-under-test',
      schema: 1,
      count: 1,
      root,
      settled: true,
      files: filesHash([]),
    })
  const before = new Map(replica.disk)
  const isIntact = () => [...before].every(([id, update]) => replica.disk.get(id) === update)
  return { replica, links, session, heard, raw, say, hello, isIntact, go: () => deliver(links) }
}

const updateOf = (word: string, clientId = 99): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = clientId
  say(word)(doc)
  return Y.encodeStateAsUpdate(doc)
}

/** All that is on the disk can be read, waits for nothing and has the hash that is said of it. */
function isSound(replica: MemoryReplica): boolean {
  for (const update of replica.disk.values()) {
    const { store } = docOf(update)
    if (store.pendingStructs || store.pendingDs) return false
  }
  return new MemoryReplica(replica.disk).tree.root() === replica.tree.root()
}

describe('Y20 what is no message, or not its turn, ends the session and touches nothing', () => {
  const root = hashOf('root')
  const cases: readonly (readonly [string, string, (peer: ReturnType<typeof puppet>) => void])[] = [
    ['a word before the greeting', 'wrong-order', ({ say }) => say({ kind: 'root', root })],
    ['a second greeting', 'wrong-order', ({ hello }) => [hello(), hello()]],
    [
      'an answer that nobody asked for',
      'wrong-order',
      ({ hello, say }) => [hello(), say({ kind: 'give', number: 9, given: null })],
    ],
    [
      'a comparison that nobody asked for',
      'wrong-order',
      ({ hello, say }) => [hello(), say({ kind: 'items', node: 5, from: 0, to: 1, last: false, items: [] })],
    ],
    [
      'more credit than was used',
      'wrong-order',
      ({ hello, say }) => [hello(), say({ kind: 'credit', lane: 3, bytes: 9e9 })],
    ],
    [
      'a file that nobody wants',
      'wrong-order',
      ({ hello, say }) => [hello(), say({ kind: 'chunk', sha256: root, offset: 0, bytes: new Uint8Array(9) })],
    ],
    ['a frame that is too large', 'too-large', ({ raw }) => raw(new Uint8Array(MAX_FRAME + 1))],
    ['an empty frame', 'malformed', ({ raw }) => raw(new Uint8Array())],
    ['a kind that there is not', 'malformed', ({ raw }) => raw(new Uint8Array([200, 1, 2]))],
    [
      'bytes behind a message',
      'malformed',
      ({ raw }) => raw(new Uint8Array([...writeMessage({ kind: 'root', root }), 1])),
    ],
    [
      'an id that no doc has',
      'malformed',
      ({ hello, say }) => [hello(), say({ kind: 'heads', first: false, items: [{ id: '!', hash: root, updated: 1 }] })],
    ],
    [
      'an id of 10 MB',
      'too-large',
      ({ hello, raw }) => {
        hello()
        const id = writeMessage({ kind: 'pull', number: 1, id: 'x'.repeat(10_000_000), vector: null })
        for (let at = 0; at < id.length; at += 60_000) {
          const bytes = id.subarray(at, at + 60_000)
          raw(writeMessage({ kind: 'part', lane: 0, last: at + 60_000 >= id.length, bytes }))
        }
      },
    ],
    [
      'an id of 65 bytes',
      'malformed',
      ({ hello, say }) => [hello(), say({ kind: 'pull', number: 1, id: 'x'.repeat(65), vector: null })],
    ],
    [
      'a vector that is none',
      'malformed',
      ({ hello, say }) => [hello(), say({ kind: 'pull', number: 1, id: 'note-1', vector: new Uint8Array([9]) })],
    ],
    [
      'parts without an end',
      'too-large',
      ({ hello, say }) => {
        hello()
        for (let i = 0; i < 1_100; i++) say({ kind: 'part', lane: 3, last: false, bytes: new Uint8Array(62_000) })
      },
    ],
    [
      'empty parts without an end',
      'malformed',
      ({ hello, say }) => [hello(), say({ kind: 'part', lane: 3, last: false, bytes: new Uint8Array() })],
    ],
    [
      'a part within parts',
      'malformed',
      ({ hello, say }) => [
        hello(),
        say({ kind: 'part', lane: 3, last: true, bytes: writeMessage({ kind: 'root', root }) }),
      ],
    ],
    [
      'questions without end',
      'flood',
      ({ hello, say, links }) => {
        hello()
        // Nothing is read, so nothing can be answered.
        links.near.send = () => false
        for (let i = 0; i < 40; i++)
          say({ kind: 'ask', nodes: Array.from({ length: 2_000 }, () => ({ node: 0, mine: 0 })) })
      },
    ],
    [
      'docs asked for without end',
      'flood',
      ({ hello, say }) => {
        hello()
        for (let i = 0; i < 3_000; i++) say({ kind: 'pull', number: i, id: 'note-1', vector: null })
      },
    ],
  ]
  test.each(cases)('%s: %s', async (_, code, act) => {
    const peer = puppet()
    act(peer)
    // Faster than anything can be dealt with.
    while (peer.links.near.waiting.length > 0) peer.links.near.step()
    await turn()
    expect(peer.session.ended?.reason).toBe(code)
    expect(peer.isIntact()).toBe(true)
  })

  test('Y7 a flood of updates: no more is held than was agreed', async () => {
    const peer = puppet()
    peer.hello()
    const update = updateOf('x'.repeat(50_000))
    for (let i = 0; i < 200; i++) peer.say({ kind: 'live', id: `n-${i}`, update })
    let held = 0
    while (peer.links.near.waiting.length > 0) {
      peer.links.near.step()
      held = Math.max(held, peer.session.traffic.held)
    }
    expect(peer.session.ended?.reason).toBe('flood')
    expect(held).toBeLessThan((WINDOW[1] as number) + MAX_FRAME)
  })
})

describe('Y10 an update that the scratch refuses cuts the peer off and changes nothing', () => {
  const missing = () => {
    const doc = new Y.Doc()
    doc.clientID = 50
    say('one')(doc)
    const vector = Y.encodeStateVector(doc)
    say('two')(doc)
    return Y.encodeStateAsUpdate(doc, vector)
  }
  const deep = () => {
    const doc = new Y.Doc()
    doc.clientID = 51
    let at = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
    for (let depth = 0; depth < 1_200; depth++) {
      const below = new Y.XmlElement('quote')
      at.insert(0, [below])
      at = below
    }
    return Y.encodeStateAsUpdate(doc)
  }
  const cases: readonly (readonly [string, () => Uint8Array])[] = [
    ['garbage', () => new Uint8Array([7, 7, 7, 7])],
    ['what builds on nothing', missing],
    ['too deep', deep],
    ['the 27 bytes that V2 reads for ever', () => new Uint8Array(27).fill(255)],
  ]
  test.each(cases)('%s, as an answer', async (_, update) => {
    const peer = puppet()
    peer.hello()
    peer.say({ kind: 'heads', first: false, items: [{ id: 'note-1', hash: hashOf('x'), updated: 1 }] })
    await peer.go()
    const pull = peer.heard.find((message) => message.kind === 'pull')
    if (pull?.kind !== 'pull') throw new Error('nothing was asked for')
    peer.say({ kind: 'give', number: pull.number, given: { hash: hashOf('x'), update: update() } })
    await peer.go()
    expect(peer.session.ended).toMatchObject({ reason: 'refused', id: 'note-1' })
    // It was told why: the last message of this side.
    expect([...peer.links.near.sent.keys()].at(-1)).toBe(writeMessage({ kind: 'end', reason: 'refused' })[0])
    expect(peer.isIntact()).toBe(true)
  })

  test('an update whose predecessors never come is asked about, not kept', async () => {
    const peer = puppet()
    peer.hello()
    for (let i = 0; i < 20; i++) peer.say({ kind: 'live', id: 'note-1', update: missing() })
    await peer.go()
    expect(peer.session.ended).toBe(null)
    expect(peer.heard.filter(({ kind }) => kind === 'pull').length).toBeLessThan(3)
    expect(peer.isIntact()).toBe(true)
  })
})

describe('Y21 claims that never come true', () => {
  /** Answers whatever is asked with an update and the hash that it claims. */
  async function claims(peer: ReturnType<typeof puppet>, rounds: number, nextHash: (i: number) => Hash32, got = false) {
    for (let i = 0; i < rounds && !peer.session.ended; i++) {
      const hash = nextHash(i)
      peer.say({ kind: 'heads', first: false, items: [{ id: 'note-1', hash, updated: 1 }] })
      await peer.go()
      for (const message of peer.heard.splice(0)) {
        if (message.kind !== 'pull') continue
        const update = message.vector ? new Uint8Array([0, 0]) : updateOf('a lie')
        peer.say({ kind: 'give', number: message.number, given: { hash, update } })
        const mine = peer.replica.tree.get('note-1')?.hash
        if (got && mine) peer.say({ kind: 'got', id: 'note-1', at: mine, now: hash })
      }
      await peer.go()
    }
  }

  test('a hash whose content is another', async () => {
    const peer = puppet()
    peer.hello()
    await claims(peer, 5, () => hashOf('never'), true)
    expect(peer.session.ended?.reason).toBe('false-hash')
    expect(peer.isIntact()).toBe(true)
  })

  test('a new hash each time, and never anything new', async () => {
    const peer = puppet()
    peer.hello()
    await claims(peer, 3_000, (i) => hashOf(String(i)))
    expect(peer.session.ended?.reason).toBe('false-hash')
    expect(peer.isIntact()).toBe(true)
  })

  test('one false hash that is never explained: not equal, not asked for again', async () => {
    const peer = puppet()
    peer.hello()
    await claims(peer, 50, () => hashOf('never'))
    expect([peer.session.ended, peer.session.hasEverything]).toEqual([null, false])
    expect(peer.replica.checks).toBe(1)
  })

  test('all is equal, it says, and it is not: no more is said than that it said so', async () => {
    const peer = puppet()
    peer.hello(peer.replica.tree.root())
    await peer.go()
    expect(peer.session.hasEverything).toBe(true)
    peer.say({ kind: 'heads', first: false, items: [{ id: 'note-1', hash: hashOf('x'), updated: 1 }] })
    await peer.go()
    expect(peer.session.hasEverything).toBe(false)
  })
})

describe('Y22 a peer that goes back in time', () => {
  test('replays change nothing and are told to nobody', async () => {
    const peer = puppet()
    peer.hello()
    const old = peer.replica.disk.get('note-1') as Uint8Array
    let told = 0
    peer.replica.onChanged(() => told++)
    for (let i = 0; i < 100; i++) peer.say({ kind: 'live', id: 'note-1', update: old })
    await peer.go()
    expect([peer.session.ended, told, peer.isIntact()]).toEqual([null, 0, true])
  })

  test('a restored backup that writes on with the same clientID: both contents are kept, nothing is chosen', async () => {
    const a = new MemoryReplica()
    for (const word of ['one', 'two', 'three']) a.edit('note', say(word), 7)
    const backup = new Map(a.disk)
    for (const word of ['four', 'five']) a.edit('note', say(word), 7)
    const b = new MemoryReplica(new Map(a.disk))
    const restored = new MemoryReplica(backup)
    for (const word of ['vier', 'fünf', 'sechs']) restored.edit('note', say(word), 7)
    const links = new MemoryLinks()
    const [at, to] = [new SyncSession(restored, links.near), new SyncSession(b, links.far)]
    const contents: unknown[] = []
    to.onConflict(({ update }) => contents.push(docOf(update).getArray('log').toJSON()))
    await deliver(links)
    const words = (replica: MemoryReplica) => replica.read('note', (doc) => doc.getArray('log').toJSON())
    expect([at.hasEverything, to.hasEverything, to.state.conflicts]).toEqual([false, false, 1])
    expect(words(b).slice(0, 5)).toEqual(['one', 'two', 'three', 'four', 'five'])
    expect(contents).toEqual([words(restored)])
    expect([at.ended, to.ended]).toEqual([null, null])
  })
})

function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  const out = [...bytes]
  for (let i = random.below(3) + 1; i > 0; i--) {
    const at = random.below(out.length)
    const roll = random.next()
    if (roll < 0.5) out[at] = random.below(256)
    else if (roll < 0.65) out.splice(at, 1 + random.below(4))
    else if (roll < 0.8) out.splice(at, 0, random.below(256))
    else if (roll < 0.9) out.length = at + 1
    else out[at] = (out[at] as number) ^ (1 << random.below(8))
  }
  return new Uint8Array(out)
}

describe('Y10 mutated bytes', () => {
  test(`${MUTATIONS} updates: what the scratch takes, the doc takes whole; 0 partial applications`, () => {
    const random = createRandom(7)
    const doc = new Y.Doc()
    doc.clientID = 1
    const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
    for (let i = 0; i < 6; i++) {
      const block = new Y.XmlElement('paragraph')
      const text = new Y.XmlText()
      text.insert(0, `words of paragraph ${i}`)
      block.insert(0, [text])
      root.insert(i, [block])
    }
    const stored = Y.encodeStateAsUpdate(doc)
    const vector = Y.encodeStateVector(doc)
    doc.clientID = 2
    ;(root.get(1) as Y.XmlElement).insert(0, [new Y.XmlText('more')])
    root.delete(3, 2)
    doc.getMap('meta').set('title', { a: [1, 'b', null] })
    say('entry')(doc)
    const update = Y.encodeStateAsUpdate(doc, vector)
    let taken = 0
    const wrong: number[] = []
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = mutate(update, random)
      const real = docOf(stored)
      const checked = checkUpdates(stored, [bytes])
      if (!checked.ok) continue
      taken++
      try {
        Y.applyUpdate(real, bytes)
        if (docHash(real) !== docHash(checked.doc)) wrong.push(i)
      } catch {
        wrong.push(i)
      }
    }
    expect(wrong).toEqual([])
    expect(taken).toBeGreaterThan(MUTATIONS / 100)
  })

  test(`${MUTATIONS / 5} frames of a session: nothing half, nothing thrown`, { timeout: 600_000 }, async () => {
    const a = victim()
    a.edit('note-1', say('hers'), 20)
    a.edit('new-note', say('new'), 21)
    const b = victim()
    const frames: Uint8Array[] = []
    const links = new MemoryLinks()
    links.far.onMessage((frame) => frames.push(frame))
    new SyncSession(a, links.near)
    const to = new SyncSession(b, links.far)
    await deliver(links)
    expect(to.hasEverything).toBe(true)
    const random = createRandom(11)
    const disk = victim().disk
    const problems: string[] = []
    let ended = 0
    for (let i = 0; i < MUTATIONS / 5; i++) {
      const replica = new MemoryReplica(new Map(disk))
      const own = new MemoryLinks(1_000_000)
      const session = new SyncSession(replica, own.near)
      const at = random.below(frames.length)
      for (const [n, frame] of frames.entries()) {
        own.far.send(n === at ? mutate(frame, random) : frame)
        own.near.step()
        // Answers to what was asked come after it was asked.
        if (frame[0] !== 0) await turn()
      }
      if (session.ended) ended++
      if (!isSound(replica)) problems.push(`mutation ${i}`)
    }
    expect(problems).toEqual([])
    expect(ended).toBeGreaterThan(MUTATIONS / 50)
  })
})
