import { type ReactNode, useId } from 'react'
import './choices.css'

export type ChoiceRow<V extends string> = {
  readonly value: V
  readonly glyph?: ReactNode
  readonly name: string
  /** What follows from it. */
  readonly says: ReactNode
}

type ChoicesProps<V extends string> = {
  label: string
  rows: readonly ChoiceRow<V>[]
  value: V | null
  onChange: (value: V) => void
}

/** One of several, each with its consequence beside it: the browser's own radio buttons, so that every key and reader knows them. */
export function Choices<V extends string>({ label, rows, value, onChange }: ChoicesProps<V>) {
  const name = useId()
  return (
    <div className="cm-choices" role="radiogroup" aria-label={label}>
      {rows.map((row) => (
        <div
          key={row.value}
          className={`cm-choice${row.glyph ? ' has-glyph' : ''}`}
          data-chosen={row.value === value || undefined}
        >
          <label>
            <input
              type="radio"
              name={name}
              checked={row.value === value}
              aria-describedby={`${name}-${row.value}`}
              onChange={() => onChange(row.value)}
            />
            {row.glyph}
            <b>{row.name}</b>
          </label>
          <small id={`${name}-${row.value}`}>{row.says}</small>
        </div>
      ))}
    </div>
  )
}
