import { CircleAlert } from 'lucide-react'
import { type ComponentProps, useId } from 'react'
import { Icon } from './Icon.tsx'
import './field.css'

/** One line of text. `error` is a sentence that proposes a fix. */
export function Field({
  label,
  error = null,
  isAuthored = false,
  ...input
}: Omit<ComponentProps<'input'>, 'className'> & { label: string; error?: string | null; isAuthored?: boolean }) {
  const errorId = useId()
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <input
        {...input}
        className={isAuthored ? 'field-input authored' : 'field-input'}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : errorId}
        spellCheck={false}
      />
      {error !== null && (
        <span className="field-error" id={errorId} role="alert">
          <Icon of={CircleAlert} size={14} />
          {error}
        </span>
      )}
    </label>
  )
}
