import { $getRoot, $isTextNode, type ElementNode, type TextFormatType } from 'lexical'
import { afterEach, describe, expect, test } from 'vitest'
import { createPeer, type Peer, seedUpdate, viewMarks } from '../../testing/convergence-peers.ts'
import { createRandom } from '../../testing/random.ts'

const [BOLD, ITALIC] = [1, 2]
const open: Peer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.dispose()
})

function some(count: number): Peer[] {
  const seed = seedUpdate(['abcdefgh'])
  const raise = (error: Error) => {
    throw error
  }
  const peers = Array.from({ length: count }, (_, index) => createPeer(index, count, seed, raise))
  open.push(...peers)
  return peers
}
const two = () => some(2) as [Peer, Peer]

const sync = (...peers: Peer[]) => void syncUntilRest(peers)

/** How often everybody had to send to everybody until nothing new was written. */
function syncUntilRest(peers: readonly Peer[]): number {
  for (let pass = 0; pass < 100; pass++) {
    let sent = 0
    for (const to of peers) {
      for (const from of peers) {
        if (from === to) continue
        const fresh = from.log.slice(to.known[from.index] ?? 0)
        for (const update of fresh) to.receive(update)
        to.known[from.index] = from.log.length
        sent += fresh.length
      }
    }
    if (sent === 0) return pass
  }
  throw new Error('they never come to rest')
}

/** Toggles a mark on the characters from `first` to `last`. */
function mark({ editor, session }: Peer, first: string, last: string, format: TextFormatType): void {
  session.breakUndo()
  editor.update(
    () => {
      const texts = $getRoot().getFirstChildOrThrow<ElementNode>().getChildren().filter($isTextNode)
      const place = (char: string) => {
        const text = texts.find((text) => text.getTextContent().includes(char))
        if (!text) throw new Error('no such character')
        return { key: text.getKey(), offset: text.getTextContent().indexOf(char), format: text.getFormat() }
      }
      const selection = $getRoot().selectStart()
      const [start, end] = [place(first), place(last)]
      selection.anchor.set(start.key, start.offset, 'text')
      selection.focus.set(end.key, end.offset + 1, 'text')
      selection.setFormat(start.format)
      selection.formatText(format)
    },
    { discrete: true },
  )
}

const marks = ({ editor }: Peer) => [...viewMarks(editor).values()]
const CHARS = 'abcdefgh'
const FORMATS = ['bold', 'italic', 'code', 'highlight'] as const

describe('marks that two put on the same words', () => {
  test('at once: one of the two wins there, and everybody sees the same', () => {
    for (const flip of [false, true]) {
      const [ana, ben] = two()
      mark(ana, 'c', 'f', flip ? 'italic' : 'bold')
      mark(ben, 'c', 'f', flip ? 'bold' : 'italic')
      sync(ana, ben)
      const won = marks(ana)[2]
      expect([BOLD, ITALIC]).toContain(won)
      expect(marks(ana)).toEqual([0, 0, won, won, won, won, 0, 0])
      expect(marks(ben)).toEqual(marks(ana))
    }
  })

  test('a mark that somebody takes off stays off', () => {
    for (const [from, to] of [
      ['a', 'h'],
      ['c', 'f'],
      ['e', 'h'],
      ['a', 'd'],
    ] as const) {
      const [ana, ben] = two()
      mark(ana, 'a', 'h', 'bold')
      sync(ana, ben)
      mark(ben, from, to, 'bold')
      sync(ana, ben)
      const expected = [...'abcdefgh'].map((char) => (char >= from && char <= to ? 0 : BOLD))
      expect(marks(ana)).toEqual(expected)
      expect(marks(ben)).toEqual(expected)
    }
  })

  test('what nobody did at once stays as it was done', () => {
    const random = createRandom(33)
    for (let run = 0; run < 40; run++) {
      const peers = some(2 + (run % 3))
      for (let act = 0; act < 12; act++) {
        const peer = random.pick(peers)
        const from = random.below(8)
        const to = from + random.below(8 - from)
        if (random.chance(0.15)) peer.session.undo()
        else mark(peer, CHARS[from] as string, CHARS[to] as string, random.pick(FORMATS))
        const done = marks(peer)
        sync(...peers)
        for (const other of peers) expect(marks(other)).toEqual(done)
      }
      for (const peer of open.splice(0)) peer.dispose()
    }
  })

  test('two, three and four who mark the same words at once come to rest, and see the same', () => {
    const random = createRandom(34)
    for (let run = 0; run < 60; run++) {
      const peers = some(2 + (run % 3))
      for (let round = 0; round < 4; round++) {
        for (const peer of peers) {
          const from = random.below(8)
          const to = from + random.below(8 - from)
          if (random.chance(0.2)) peer.session[random.pick(['undo', 'redo'] as const)]()
          else mark(peer, CHARS[from] as string, CHARS[to] as string, random.pick(FORMATS))
        }
        // the first answers to a part of what was written
        if (random.chance(0.5)) sync(...peers.slice(1))
      }
      const passes = syncUntilRest(peers)
      expect(passes).toBeLessThan(8)
      for (const peer of peers) expect(marks(peer)).toEqual(marks(peers[0] as Peer))
      for (const peer of open.splice(0)) peer.dispose()
    }
  })
})
