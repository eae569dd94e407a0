import { $getRoot, $isTextNode, type ElementNode, type TextFormatType } from 'lexical'
import { afterEach, describe, expect, test } from 'vitest'
import { createPeer, type Peer, seedUpdate, viewMarks } from '../../testing/convergence-peers.ts'

const [BOLD, ITALIC] = [1, 2]
const open: Peer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.dispose()
})

function two(): [Peer, Peer] {
  const seed = seedUpdate(['abcdefgh'])
  const raise = (error: Error) => {
    throw error
  }
  const peers = [createPeer(0, 2, seed, raise), createPeer(1, 2, seed, raise)] as [Peer, Peer]
  open.push(...peers)
  return peers
}

function sync(...peers: Peer[]): void {
  for (let pass = 0; pass < 6; pass++) {
    for (const to of peers) {
      for (const from of peers) {
        if (from === to) continue
        const known = to.known[from.index] ?? 0
        for (const update of from.log.slice(known)) to.receive(update)
        to.known[from.index] = from.log.length
      }
    }
  }
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
const both = BOLD | ITALIC

describe('marks that two put on the same words at once', () => {
  test('are merged, on the same words', () => {
    for (const flip of [false, true]) {
      const [ana, ben] = two()
      mark(ana, 'c', 'f', flip ? 'italic' : 'bold')
      mark(ben, 'c', 'f', flip ? 'bold' : 'italic')
      sync(ana, ben)
      expect(marks(ana)).toEqual([0, 0, both, both, both, both, 0, 0])
      expect(marks(ben)).toEqual(marks(ana))
    }
  })

  test('are merged where they overlap, and reach as far as each was put', () => {
    for (const flip of [false, true]) {
      const [ana, ben] = two()
      const [first, second] = flip ? [ben, ana] : [ana, ben]
      mark(first, 'a', 'd', 'bold')
      mark(second, 'c', 'f', 'italic')
      sync(ana, ben)
      expect(marks(ana)).toEqual([BOLD, BOLD, both, both, ITALIC, ITALIC, 0, 0])
      expect(marks(ben)).toEqual(marks(ana))
    }
  })

  test('one within the other', () => {
    for (const flip of [false, true]) {
      const [ana, ben] = two()
      const [first, second] = flip ? [ben, ana] : [ana, ben]
      mark(first, 'a', 'h', 'bold')
      mark(second, 'c', 'f', 'italic')
      sync(ana, ben)
      expect(marks(ana)).toEqual([BOLD, BOLD, both, both, both, both, BOLD, BOLD])
      expect(marks(ben)).toEqual(marks(ana))
    }
  })

  test('one taken off while the other is put on: one of the two wins there, everything beside it stays', () => {
    for (const flip of [false, true]) {
      const [ana, ben] = two()
      const [first, second] = flip ? [ben, ana] : [ana, ben]
      mark(first, 'a', 'h', 'bold')
      sync(ana, ben)
      mark(first, 'c', 'd', 'bold')
      mark(second, 'c', 'f', 'italic')
      sync(ana, ben)
      expect([...marks(ana).slice(0, 2), ...marks(ana).slice(4)]).toEqual([BOLD, BOLD, both, both, BOLD, BOLD])
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
})
