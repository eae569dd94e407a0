import { useState } from 'react'
import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './limit-field.css'

/** How many may be in progress: the person's own number, here where it is met. */
export function LimitField({ onDone }: { onDone: () => void }) {
  const limit = useSession(({ settings }) => settings.inProgressLimit)
  const [count, setCount] = useState(limit === null ? '' : String(limit))
  const number = Number(count)
  const isWhole = Number.isInteger(number) && number >= 1 && number <= 99
  const set = (inProgressLimit: number | null) => {
    attempt(() => appClient().call('setSettings', { inProgressLimit }))
    onDone()
  }
  return (
    <form
      className="limit-field"
      onSubmit={(event) => {
        event.preventDefault()
        if (isWhole) set(number)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone()
      }}
    >
      <label>
        <span>{WORDS.limitField}</span>
        <input
          type="number"
          className="line-field num"
          min={1}
          max={99}
          value={count}
          ref={focusOnce}
          onChange={(event) => setCount(event.target.value)}
        />
      </label>
      <Button type="submit" isDisabled={!isWhole}>
        {WORDS.setCadence}
      </Button>
      <Button look="ghost" onClick={() => set(null)}>
        {WORDS.noLimit}
      </Button>
    </form>
  )
}

const focusOnce = (field: HTMLInputElement | null): void => field?.focus()
