import { $insertList } from '@lexical/list'
import { $getRoot, $isElementNode, type ElementNode } from 'lexical'
import { afterEach, describe, expect, test } from 'vitest'
import { acceptOffer, leaveOffer, readOffers } from '../../crdt/losses/offers.ts'
import { createPeer, type Peer, seedUpdate } from '../../testing/convergence-peers.ts'
import { $moveBlock } from '../extensions/keys.ts'
import { LEAVE_OFFER_COMMAND, TAKE_OFFER_COMMAND } from './mend.ts'

const open: Peer[] = []
afterEach(() => {
  for (const peer of open.splice(0)) peer.dispose()
})

function two(...paragraphs: string[]): [Peer, Peer] {
  const seed = seedUpdate(paragraphs)
  const raise = (error: Error) => {
    throw error
  }
  const peers = [createPeer(0, 2, seed, raise), createPeer(1, 2, seed, raise)] as [Peer, Peer]
  open.push(...peers)
  return peers
}

function sync(...peers: Peer[]): void {
  for (let pass = 0; pass < 3; pass++) {
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

const edit = ({ editor, session }: Peer, change: () => void) => {
  session.breakUndo()
  editor.update(change, { discrete: true })
}
const block = (index: number) => $getRoot().getChildAtIndex(index) as ElementNode
const texts = ({ editor }: Peer) =>
  editor.read(() =>
    $getRoot()
      .getChildren()
      .map((node) => node.getTextContent()),
  )
const typeAt = (peer: Peer, index: number, offset: number, words: string) =>
  edit(peer, () => {
    const text = block(index).getFirstChild()
    if ($isElementNode(text) || !text) throw new Error('no text')
    block(index).select(0, 0)
    text.selectStart()
    ;(text as unknown as { select(a: number, b: number): { insertText(words: string): void } })
      .select(offset, offset)
      .insertText(words)
  })

describe('words whose element somebody made anew', () => {
  test('go back to their place by themselves when a paragraph became a list', () => {
    const [ana, ben] = two('One sentence stands here.')
    typeAt(ana, 0, 3, ' more')
    edit(ben, () => {
      block(0).selectEnd()
      $insertList('bullet')
    })
    sync(ana, ben)
    expect(texts(ana)).toEqual(['One more sentence stands here.'])
    expect(texts(ben)).toEqual(texts(ana))
    expect([ana, ben].map(({ ledger }) => readOffers(ledger).length)).toEqual([0, 0])
  })

  test('go back when they stood at the end of a paragraph that was joined to the one before', () => {
    const [ana, ben] = two('First.', 'Second.')
    typeAt(ana, 1, 7, ' And more.')
    edit(ben, () => {
      const second = block(1)
      block(0).append(...second.getChildren())
      second.remove()
    })
    sync(ana, ben)
    expect(texts(ana)).toEqual(['First.Second. And more.'])
    expect(texts(ben)).toEqual(texts(ana))
  })

  test('are offered to both where nothing of their place is left; taking the offer is one step of undo', () => {
    const [ana, ben] = two('Stays.', 'Goes.')
    typeAt(ana, 1, 5, ' But I wrote on.')
    edit(ben, () => block(1).remove())
    sync(ana, ben)
    expect(texts(ana)).toEqual(['Stays.'])
    const offers = readOffers(ben.ledger)
    expect(offers.map(({ kind, text, passage }) => [kind, text, passage])).toEqual([['lost', ' But I wrote on.', null]])
    expect(readOffers(ana.ledger).map(({ key }) => key)).toEqual(offers.map(({ key }) => key))
    ana.editor.dispatchCommand(TAKE_OFFER_COMMAND, offers[0]?.key ?? '')
    sync(ana, ben)
    expect(texts(ben)).toEqual(['Stays.', ' But I wrote on.'])
    expect(readOffers(ben.ledger)).toEqual([])
    ana.session.undo()
    expect(texts(ana)).toEqual(['Stays.'])
  })

  test('are one offer where they were typed letter by letter in a paragraph that was emptied and then removed', () => {
    const [ana, ben] = two('Stays.', 'Goes.')
    for (const [index, letter] of [...' Late.'].entries()) typeAt(ana, 1, 5 + index, letter)
    edit(ben, () => {
      const text = block(1).getFirstChild() as unknown as { select(a: number, b: number): { removeText(): void } }
      text.select(0, 5).removeText()
    })
    edit(ben, () => block(1).remove())
    sync(ana, ben)
    for (const { ledger } of [ana, ben]) expect(readOffers(ledger).map(({ text }) => text)).toEqual([' Late.'])
  })

  test('that somebody leaves as they are are offered to nobody any more', () => {
    const [ana, ben] = two('Stays.', 'Goes.')
    typeAt(ana, 1, 5, ' Late.')
    edit(ben, () => block(1).remove())
    sync(ana, ben)
    ben.editor.dispatchCommand(LEAVE_OFFER_COMMAND, readOffers(ben.ledger)[0]?.key ?? '')
    sync(ana, ben)
    expect(readOffers(ana.ledger)).toEqual([])
    expect(leaveOffer(ana.ledger, 'nothing', null)).toBe(false)
  })

  test('that somebody removed, knowing them, are no loss', () => {
    const [ana, ben] = two('Stays.', 'Goes.')
    typeAt(ana, 1, 5, ' Seen.')
    sync(ana, ben)
    edit(ben, () => block(1).remove())
    sync(ana, ben)
    expect([ana, ben].flatMap(({ ledger }) => readOffers(ledger))).toEqual([])
  })
})

test('a tail that two moved by Enter is offered once, and one copy stays', () => {
  const [ana, ben] = two('Head and tail.')
  for (const peer of [ana, ben]) {
    edit(peer, () => {
      const text = block(0).getFirstChild() as unknown as {
        select(a: number, b: number): { insertParagraph(): void }
      }
      text.select(8, 8).insertParagraph()
    })
  }
  sync(ana, ben)
  expect(texts(ana)).toEqual(['Head and', ' tail.', ' tail.'])
  const [offer] = readOffers(ana.ledger)
  expect([offer?.kind, offer?.text]).toEqual(['doubled', ' tail.'])
  expect(readOffers(ben.ledger)[0]?.key).toBe(offer?.key)
  acceptOffer(ben.ledger, offer?.key ?? '', null)
  sync(ana, ben)
  expect(texts(ana)).toEqual(['Head and', ' tail.'])
  expect(readOffers(ana.ledger)).toEqual([])
})

test.each([
  ['the shorter', 0],
  ['the longer', 1],
])('what a peer types in %s of two blocks stays in it while they change places', (_name, index) => {
  const [ana, ben] = two('Short one.', 'A much longer one, in which somebody writes.')
  typeAt(ana, index, 5, ' XX')
  edit(ben, () => {
    block(0).selectEnd()
    $moveBlock('down')
  })
  sync(ana, ben)
  const whole =
    index === 0
      ? ['A much longer one, in which somebody writes.', 'Short XX one.']
      : ['A muc XXh longer one, in which somebody writes.', 'Short one.']
  expect(texts(ana)).toEqual(whole)
  expect(texts(ben)).toEqual(whole)
})

test('typing is not looked at, and nothing is written to the doc for it', () => {
  const [ana, ben] = two('One.')
  const before = ana.ledger.examined
  for (const letter of 'words') typeAt(ana, 0, 2, letter)
  expect(ana.ledger.examined).toBe(before)
  sync(ana, ben)
  expect([...ben.doc.getMap('meta').keys()]).toEqual([])
})
