import { useState } from 'react'
import { nameKey } from '../../../core/commitment/people.ts'
import { expectMine } from '../../platform/came-in.ts'
import { vaultClient } from '../../platform/clients.ts'
import { Button } from '../../ui/Button.tsx'
import { attempt } from '../note-actions/index.ts'
import { useSignature } from './Sign.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './whose.css'

type WhoseProps = { commitment: Commitment; isLive: boolean; isInviting: boolean }

/** Who takes part, and who was asked to. */
export function Whose({ commitment, isLive, isInviting }: WhoseProps) {
  const { id, reading, me } = commitment
  const { sign, asks } = useSignature()
  const [name, setName] = useState<string | null>(isInviting ? '' : null)
  const isMe = (person: string) => person === '' || (me !== '' && nameKey(person) === nameKey(me))
  const mine = reading.people.find(({ name }) => isMe(name))
  const others = reading.people.filter(({ name }) => !isMe(name))
  const answer = (accepts: boolean) =>
    sign((author) =>
      attempt(() => {
        if (accepts) expectMine(id)
        return vaultClient().call('answer', { id, person: mine?.name || author, accepts, author })
      }),
    )
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
      {isLive && mine && mine.state !== 'accepted' && (
        <div className="cm-acts">
          {mine.state === 'invited' && <span>{WORDS.invitesYou}</span>}
          <Button onClick={() => answer(true)}>{WORDS.accept}</Button>
          {mine.state === 'invited' && (
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

const focusOnce = (field: HTMLInputElement | null): void => field?.focus()
