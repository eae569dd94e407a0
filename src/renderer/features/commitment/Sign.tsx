import { type ReactNode, useId, useState } from 'react'
import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './sign.css'

const ASKED = 'commitment:who-writes-asked'

/**
 * Signs what is written with the person's name, and asks for it once where there is none. `asks` is drawn beside what
 * is signed: while it stands there, what was to be written waits for its answer.
 */
export function useSignature(): { readonly sign: (write: (author: string) => void) => void; readonly asks: ReactNode } {
  const name = useSession(({ settings }) => settings.personName)
  const [waiting, setWaiting] = useState<{ readonly write: (author: string) => void } | null>(null)
  const sign = (write: (author: string) => void) => {
    if (name !== '' || localStorage.getItem(ASKED) !== null) write(name)
    else setWaiting({ write })
  }
  const answer = (given: string) => {
    localStorage.setItem(ASKED, 'yes')
    if (given !== '') attempt(() => appClient().call('setSettings', { personName: given }))
    setWaiting(null)
    waiting?.write(given)
  }
  return { sign, asks: waiting && <WhoWrites onAnswer={answer} onLeave={() => setWaiting(null)} /> }
}

function WhoWrites({ onAnswer, onLeave }: { onAnswer: (name: string) => void; onLeave: () => void }) {
  const [name, setName] = useState('')
  const help = useId()
  return (
    <form
      className="cm-who"
      onSubmit={(event) => {
        event.preventDefault()
        onAnswer(name.trim())
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onLeave()
      }}
    >
      <label>
        <span>{WORDS.whoWrites}</span>
        <input
          className="line-field authored"
          value={name}
          maxLength={80}
          spellCheck={false}
          aria-describedby={help}
          ref={focusOnce}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <p id={help}>{WORDS.whoHelp}</p>
      <div className="cm-acts">
        <Button look="primary" type="submit">
          {name.trim() === '' ? WORDS.nameless : WORDS.thatsMe}
        </Button>
      </div>
    </form>
  )
}

/** Held outside, so that it runs when the field comes and not with every letter. */
const focusOnce = (field: HTMLInputElement | null): void => field?.focus()
