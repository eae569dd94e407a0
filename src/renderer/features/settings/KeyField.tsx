import { useEffect, useRef, useState } from 'react'
import { isMac } from '../../state/session.ts'
import { keysLabel } from '../commands/index.ts'
import { type Recorded, recordKeys } from './record-keys.ts'
import { WORDS } from './words.ts'

type KeyFieldProps = {
  label: string
  /** As people write them. */
  keys: readonly string[]
  isRecording: boolean
  onStart: () => void
  onKeys: (keys: string) => void
  onRemove: () => void
  onRefused: (why: Extract<Recorded, { is: 'refused' }>['why']) => void
  onCancel: () => void
}

/** Shows the keys of a command; pressed, it takes others. */
export function KeyField({ label, keys, isRecording, onStart, onKeys, onRemove, onRefused, onCancel }: KeyFieldProps) {
  const [held, setHeld] = useState<readonly string[]>([])
  const field = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    setHeld([])
    if (isRecording) field.current?.focus()
  }, [isRecording])
  useEffect(() => {
    if (!isRecording) return
    const onPress = (event: KeyboardEvent) => {
      // Tab leaves, as everywhere.
      if (event.key === 'Tab' && !event.ctrlKey && !event.altKey && !event.metaKey) return onCancel()
      // Heard before everything else: these keys are to be given away, not to be used.
      event.preventDefault()
      event.stopImmediatePropagation()
      const recorded = recordKeys(event, isMac())
      if (recorded.is === 'part') setHeld(recorded.modifiers)
      else if (recorded.is === 'keys') onKeys(recorded.keys)
      else if (recorded.is === 'remove') onRemove()
      else if (recorded.is === 'cancel') onCancel()
      else onRefused(recorded.why)
    }
    const onRelease = ({ key }: KeyboardEvent) => {
      if (key === 'Shift' || key === 'Control' || key === 'Alt' || key === 'Meta') setHeld([])
    }
    window.addEventListener('keydown', onPress, { capture: true })
    window.addEventListener('keyup', onRelease, { capture: true })
    return () => {
      window.removeEventListener('keydown', onPress, { capture: true })
      window.removeEventListener('keyup', onRelease, { capture: true })
    }
  })
  const shown = keys.length === 0 ? WORDS.notSet : keys.join(WORDS.or)
  if (!isRecording) {
    return (
      <button type="button" className="key-field" aria-label={WORDS.changeKeys(label, shown)} onClick={onStart}>
        <kbd>{shown}</kbd>
      </button>
    )
  }
  const part = held.length > 0 ? `${keysLabel(held.join('+'), isMac())} ` : ''
  return (
    <button
      type="button"
      ref={field}
      className="key-field is-recording"
      aria-label={`${label}. ${WORDS.press}`}
      onBlur={onCancel}
      onClick={onCancel}
    >
      <kbd>
        {part}
        {WORDS.pressing}
      </kbd>
    </button>
  )
}
