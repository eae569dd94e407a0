import { describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { deliver, MemoryLinks, MemoryReplica, turn, VAULT_DOC } from '../../testing/sync-peers.ts'
import { SyncSession } from './session.ts'
import { readMessage } from './wire.ts'

const say = (word: string) => (doc: Y.Doc) => doc.getArray('log').push([word])
const words = (replica: MemoryReplica, id: string) => replica.read(id, (doc) => doc.getArray('log').toJSON())

function join(a: MemoryReplica, b: MemoryReplica, room?: number) {
  const links = new MemoryLinks(room)
  return { links, at: new SyncSession(a, links.near), to: new SyncSession(b, links.far) }
}

function filled(count: number, word = 'one'): MemoryReplica {
  const replica = new MemoryReplica()
  for (let i = 0; i < count; i++) replica.edit(`note-${i}`, say(word), i + 1)
  return replica
}

/** The same docs on another disk. */
const copyOf = (replica: MemoryReplica) => new MemoryReplica(new Map(replica.disk))

describe('two replicas', () => {
  test('Y3 equal vaults are done after the greeting', async () => {
    const a = filled(300)
    const { links, at, to } = join(a, copyOf(a))
    await deliver(links)
    expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
    expect(links.near.bytes).toBeLessThan(300)
    expect(at.state.phase).toBe('equal')
  })

  test('Y8 each gets what it lacks, and counts say so exactly', async () => {
    const a = filled(40)
    const b = copyOf(a)
    for (let i = 0; i < 12; i++) a.edit(`note-${i}`, say('from a'))
    for (let i = 8; i < 20; i++) b.edit(`note-${i}`, say('from b'))
    b.edit('only-b', say('new'))
    const { links, at, to } = join(a, b)
    const seen: string[] = []
    at.onState(({ toGive }) => seen.push(`${toGive.total - toGive.left} of ${toGive.total}`))
    await deliver(links)
    expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
    expect(a.tree.root()).toBe(b.tree.root())
    expect(words(a, 'note-9')).toEqual(words(b, 'note-9'))
    expect(words(a, 'note-9').sort()).toEqual(['from a', 'from b', 'one'])
    expect(words(a, 'only-b')).toEqual(['new'])
    expect(seen).toContain('20 of 20')
  })

  test('Y8 a fresh replica gets everything, the vault doc first', async () => {
    const a = filled(2_000)
    a.edit(VAULT_DOC, (doc) => doc.getMap('vault').set('name', 'mine'))
    const b = new MemoryReplica()
    const order: string[] = []
    b.onChanged(({ id }) => order.push(id))
    const { links, at, to } = join(a, b)
    await deliver(links)
    expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
    expect(b.tree.size).toBe(2_001)
    expect(order[0]).toBe(VAULT_DOC)
    // the last used before the first ones
    expect(order.indexOf('note-1999')).toBeLessThan(70)
  })

  test('Y9 what changes once they are equal goes over at once, both ways, and does not come back', async () => {
    const a = filled(10)
    const b = copyOf(a)
    const { links, at, to } = join(a, b)
    await deliver(links)
    a.open('note-3')
    b.open('note-3')
    await deliver(links)
    let told = 0
    a.onChanged(() => told++)
    b.edit('note-3', say('live'))
    expect(to.hasEverything).toBe(false)
    await deliver(links)
    expect(words(a, 'note-3')).toEqual(['one', 'live'])
    expect([at.hasEverything, to.hasEverything, told]).toEqual([false, false, 1])
    a.settleAll()
    b.settleAll()
    await deliver(links)
    expect([at.hasEverything, to.hasEverything, told]).toEqual([true, true, 1])
  })

  test('Y14 cut at any frame, the next session brings the rest', async () => {
    for (let cutAt = 0; cutAt < 60; cutAt += 1) {
      const a = filled(12)
      const b = copyOf(a)
      a.edit('note-1', say('a'))
      b.edit('note-1', say('b'))
      a.edit('big', say('x'.repeat(200_000)))
      b.edit('new', say('n'))
      const first = join(a, b, 3)
      await deliver(first.links, cutAt)
      first.links.cut()
      first.at.close()
      first.to.close()
      await turn()
      const { links, at, to } = join(a, b, 3)
      await deliver(links)
      expect([at.hasEverything, to.hasEverything, a.tree.root()], `cut at ${cutAt}`).toEqual([
        true,
        true,
        b.tree.root(),
      ])
    }
  })

  test('Y16 one clientID that wrote twice is a conflict with both contents, and is not asked for again', async () => {
    const a = new MemoryReplica()
    const b = new MemoryReplica()
    a.edit('note', say('mine'), 7)
    b.edit('note', say('hers'), 7)
    b.edit('other', say('x'))
    const { links, at, to } = join(a, b)
    const found: string[] = []
    at.onConflict(({ id, mine, theirs }) => found.push(`${id} ${mine === theirs}`))
    to.onConflict(({ id }) => found.push(id))
    await deliver(links)
    expect(found.sort()).toEqual(['note', 'note false'])
    expect([at.hasEverything, to.hasEverything]).toEqual([false, false])
    expect([at.state.conflicts, at.has('note'), at.has('other')]).toEqual([1, 'conflict', 'same'])
    expect([words(a, 'note'), words(b, 'note')]).toEqual([['mine'], ['hers']])
    expect([at.ended, to.ended]).toEqual([null, null])
    const before = links.near.bytes
    a.edit('other', say('y'))
    await deliver(links)
    expect(links.near.bytes - before).toBeLessThan(600)
    expect(words(b, 'other')).toEqual(['x', 'y'])
  })

  test('Y11 a doc that was given up is neither taken nor fetched again', async () => {
    const a = filled(5)
    const b = copyOf(a)
    a.edit(VAULT_DOC, (doc) => doc.getMap('purged').set('note-2', 1))
    b.edit('note-2', say('still here'))
    const { links, at, to } = join(a, b)
    await deliver(links)
    expect([a.tree.get('note-2'), b.tree.get('note-2')]).toEqual([undefined, undefined])
    expect([at.hasEverything, to.hasEverything]).toEqual([true, true])
  })

  test('Y12 carets of docs that both have open, and of no other', async () => {
    const a = filled(3)
    const b = copyOf(a)
    a.open('note-0')
    a.open('note-1')
    b.open('note-1')
    const { links, to } = join(a, b)
    await deliver(links)
    a.moveCaret('note-0', new Uint8Array([1]))
    a.moveCaret('note-1', new Uint8Array([2]))
    await deliver(links)
    expect([...b.awarenessThere.keys()]).toEqual(['note-1'])
    to.close()
    expect(b.awarenessThere.size).toBe(0)
  })

  test('Y3 another vault is not spoken to', async () => {
    const links = new MemoryLinks()
    const at = new SyncSession(filled(1), links.near)
    const to = new SyncSession(new MemoryReplica(new Map(), undefined, 'another'), links.far)
    await deliver(links)
    expect(at.ended?.reason ?? to.ended?.reason).toBe('other-vault')
  })

  test('Y21 a peer that was away for long has thousands of older docs, and is no liar for it', async () => {
    const a = filled(2_500)
    const b = copyOf(a)
    for (let i = 0; i < 2_500; i++) a.edit(`note-${i}`, say('since then'))
    const { links, at, to } = join(a, b)
    await deliver(links)
    expect([at.ended, to.ended, at.hasEverything, to.hasEverything]).toEqual([null, null, true, true])
  })

  test('Y13 what changed is told before it is known what it became: "has everything" goes with that', async () => {
    const a = filled(3)
    const b = copyOf(a)
    const { links, at, to } = join(a, b)
    await deliver(links)
    b.open('note-1')
    // Too long for a live update: only its hash goes over, when there is one.
    b.edit('note-1', say('x'.repeat(1_100_000)))
    expect([to.hasEverything, to.has('note-1')]).toEqual([false, 'other'])
    b.settleAll()
    await turn()
    while (links.near.waiting[0] && readMessage(links.near.waiting[0]).kind !== 'heads') links.near.step()
    expect(at.hasEverything).toBe(true)
    links.near.step()
    expect(at.hasEverything).toBe(false)
    await deliver(links)
    expect([at.hasEverything, to.hasEverything, a.tree.root() === b.tree.root()]).toEqual([true, true, true])
  })

  test('Y7 a slow connection: no more is made than it takes', async () => {
    const a = new MemoryReplica()
    for (let i = 0; i < 300; i++) a.edit(`note-${i}`, say('x'.repeat(50_000)), i + 1)
    let given = 0
    const give = a.give.bind(a)
    a.give = (id, vector) => {
      given++
      return give(id, vector)
    }
    const { links, to } = join(a, new MemoryReplica(), 4)
    for (let i = 0; i < 40; i++) {
      await turn()
      links.near.step()
      // The greeting, and what was used last: then nothing more is read there.
      if (i < 3) links.far.step()
    }
    // 64 are asked for by now; of their 3 MB what is made is 1 MB and what fits the connection.
    expect(given).toBeGreaterThan(4)
    expect(given).toBeLessThan(40)
    await deliver(links)
    expect(to.hasEverything).toBe(true)
  })

  test('D8 a doc of a newer schema is stored, given on, and said', async () => {
    const a = filled(2)
    a.edit('note-1', (doc) => doc.getMap('meta').set('schema', 99))
    const [b, c] = [new MemoryReplica(), new MemoryReplica()]
    const first = join(a, b)
    const second = join(b, c)
    await deliver(first.links)
    await deliver(second.links)
    expect([first.to.state.newer, second.to.state.newer]).toEqual([1, 1])
    expect(c.tree.root()).toBe(a.tree.root())
  })
})
