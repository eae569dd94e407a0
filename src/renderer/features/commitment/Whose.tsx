import { useState } from 'react'
import { nameKey } from '../../../core/commitment/people.ts'
import { expectMine } from '../../platform/came-in.ts'
import { vaultClient } from '../../platform/clients.ts'
import type { Commitment as LedgerRow } from '../../platform/ledger.ts'
import { Button } from '../../ui/Button.tsx'
import { attempt } from '../note-actions/index.ts'
import { finishFirst, type GiveWay, GiveWayChoices, useGiveWay } from './GiveWay.tsx'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './whose.css'

type WhoseProps = { commitment: Commitment; isLive: boolean; isInviting: boolean }

/** Who takes part, and who was asked to. */
export function Whose({ commitment, isLive, isInviting }: WhoseProps) {
  const { id, note, reading, me, today } = commitment
  const { sign, asks } = useSignature()
  const [name, setName] = useState<string | null>(isInviting ? '' : null)
  const giveWay = useGiveWay(commitment)
  const [isAsked, setAsked] = useState(false)
  const isMe = (person: string) => person === '' || (me !== '' && nameKey(person) === nameKey(me))
  const mine = reading.people.find(({ name }) => isMe(name))
  const others = reading.people.filter(({ name }) => !isMe(name))
  const answer = (accepts: boolean, said: { text?: string; over?: number; park?: LedgerRow | null } = {}) =>
    sign((author) =>
      attempt(async () => {
        const { park, ...why } = said
        const vault = vaultClient()
        if (park) {
          await vault.call('appendLog', { id: park.id, type: 'parked', text: WORDS.parkedFor(note.title), author })
        }
        if (accepts) expectMine(id)
        await vault.call('answer', { id, person: mine?.name || author, accepts, author, ...why })
        setAsked(false)
      }),
    )
  // what is only considered takes no place yet
  const asksWhat = isAsked && giveWay?.isFull === true && reading.status === 'in progress'
  const accept = () => {
    if (giveWay?.isFull && reading.status === 'in progress' && !isAsked) return setAsked(true)
    if (!asksWhat || !giveWay) return answer(true)
    if (!giveWay.isAnswered) return
    if (giveWay.way === 'finish') return finishFirst(giveWay)
    if (giveWay.way === 'park') return answer(true, { park: giveWay.toPark })
    answer(true, { text: giveWay.why.trim(), over: giveWay.limit ?? 0 })
  }
  const invite = () => {
    const person = name?.trim() ?? ''
    setName(null)
    if (person !== '') sign((author) => attempt(() => vaultClient().call('invite', { id, person, author })))
  }
  const isYours = mine ? mine.state === 'accepted' : reading.opened === ''
  return (
    <section className="page-part" aria-labelledby={`whose-${id}`}>
      <h2 id={`whose-${id}`} className="part-head">
        {WORDS.whoseTitle}
        <small>{WORDS.neverAssigned}</small>
      </h2>
      <ul className="cm-whose">
        {isYours && <li>{WORDS.you}</li>}
        {others.map(({ name, state }) => (
          <li key={name}>
            {name}
            {state === 'invited' && <small>{WORDS.unanswered}</small>}
            {state === 'declined' && <small>{WORDS.declined}</small>}
          </li>
        ))}
      </ul>
      {isLive && asksWhat && giveWay && (
        <div className="whose-limit">
          <p>{WORDS.thatMakes(giveWay.mine + 1, giveWay.limit ?? 0)}</p>
          <GiveWayChoices of={giveWay} today={today} onEnter={accept} />
        </div>
      )}
      {isLive && mine && mine.state !== 'accepted' && (
        <div className="cm-acts">
          {mine.state === 'invited' && !asksWhat && <span>{WORDS.invitesYou}</span>}
          <Button isDisabled={asksWhat && !giveWay?.isAnswered} onClick={accept}>
            {asksWhat && giveWay ? acceptWords(giveWay) : WORDS.accept}
          </Button>
          {asksWhat && (
            <Button look="ghost" onClick={() => setAsked(false)}>
              {WORDS.notNow}
            </Button>
          )}
          {mine.state === 'invited' && !asksWhat && (
            <Button look="ghost" onClick={() => answer(false)}>
              {WORDS.decline}
            </Button>
          )}
        </div>
      )}
      {isLive &&
        (name === null ? (
          <button type="button" className="text-button act" onClick={() => setName('')}>
            {WORDS.invite}
          </button>
        ) : (
          <input
            className="line-field authored whose-name"
            aria-label={WORDS.inviteName}
            placeholder={WORDS.inviteName}
            value={name}
            maxLength={80}
            spellCheck={false}
            ref={focusOnce}
            onChange={(event) => setName(event.target.value)}
            onBlur={invite}
            onKeyDown={(event) => {
              if (event.nativeEvent.isComposing) return
              if (event.key === 'Enter') invite()
              else if (event.key === 'Escape') setName(null)
              else return
              // else the same key would answer the question that comes in its place
              event.preventDefault()
            }}
          />
        ))}
      {asks}
    </section>
  )
}

const acceptWords = ({ way, toFinish, toPark }: GiveWay): string =>
  way === 'over'
    ? WORDS.overAndAccept
    : way === 'park'
      ? WORDS.parkAndAccept(toPark?.title ?? '')
      : WORDS.reviewThat(toFinish?.title ?? '')

const focusOnce = (field: HTMLInputElement | null): void => field?.focus()
