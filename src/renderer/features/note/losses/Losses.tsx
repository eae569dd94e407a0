import type { LexicalEditor } from 'lexical'
import { useEffect, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { type Offer, readOffers } from '../../../../crdt/losses/offers.ts'
import { LEAVE_OFFER_COMMAND, TAKE_OFFER_COMMAND } from '../../../../editor/session/mend.ts'
import { Button } from '../../../ui/Button.tsx'
import { lossesOf, showLosses } from './ledgers.ts'
import { WORDS } from './words.ts'
import './losses.css'

/** Offers back what a merge took away, one at a time: both versions with equal weight (DESIGN 12, "Merge"). */
export function Losses({ editor, noteId }: { editor: LexicalEditor; noteId: NoteId }) {
  const [offers, setOffers] = useState<readonly Offer[]>([])
  useEffect(() => {
    const ledger = lossesOf(editor)
    if (!ledger) return
    const read = () => {
      isDue = false
      if (!isGone) setOffers(readOffers(ledger))
    }
    let isDue = false
    let isGone = false
    const later = () => {
      if (isDue) return
      isDue = true
      queueMicrotask(read)
    }
    const stop = ledger.changed.on(later)
    const hide = showLosses(noteId, editor)
    read()
    return () => {
      isGone = true
      stop()
      hide()
    }
  }, [editor, noteId])

  const [offer] = offers
  if (!offer) return null
  const settle = (command: typeof TAKE_OFFER_COMMAND) => {
    editor.dispatchCommand(command, offer.key)
    editor.focus()
  }
  const isLost = offer.kind === 'lost'
  const name = isLost ? WORDS.lost : WORDS.doubled
  return (
    <section className="note-losses" aria-label={name}>
      <header>
        <h2 role="status">{name}</h2>
        {offers.length > 1 && <small>{WORDS.more(offers.length - 1)}</small>}
      </header>
      <p className="note-losses-why">{isLost ? WORDS.lostWhy : WORDS.doubledWhy}</p>
      <div className="note-losses-versions">
        <figure>
          <figcaption>{WORDS.asItIs}</figcaption>
          <Version offer={offer} has={!isLost} />
          <Button onClick={() => settle(LEAVE_OFFER_COMMAND)}>{WORDS.leave}</Button>
        </figure>
        <figure>
          <figcaption>{isLost ? WORDS.withWords : WORDS.once}</figcaption>
          <Version offer={offer} has={isLost} />
          <Button onClick={() => settle(TAKE_OFFER_COMMAND)}>
            {isLost ? (offer.passage ? WORDS.putBack : WORDS.putAtEnd) : WORDS.keepOne}
          </Button>
        </figure>
      </div>
    </section>
  )
}

/** The passage; `has`: with the words that the offer is about. */
function Version({ offer: { kind, text, passage }, has }: { offer: Offer; has: boolean }) {
  const words = has && <ins>{text}</ins>
  if (!passage) return <blockquote>{words || <span className="note-losses-nothing">{WORDS.nowhere}</span>}</blockquote>
  // of words that stand twice, the passage as it is holds the second copy already
  const after = kind === 'doubled' ? passage.after.slice(text.length) : passage.after
  return (
    <blockquote>
      {passage.before}
      {words}
      {after}
    </blockquote>
  )
}
