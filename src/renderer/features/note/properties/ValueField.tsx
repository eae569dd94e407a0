import { useState } from 'react'
import { isDay, isNumber, propertyType } from '../../../../core/note/property-type.ts'
import { valueText } from '../../../../core/note/value-text.ts'
import { DraftField } from '../../../ui/DraftField.tsx'
import { useComing } from '../../../ui/use-coming.ts'
import { LinkValue } from './LinkValue.tsx'
import { ListValue } from './ListValue.tsx'
import type { ValueProps } from './value-props.ts'
import { WORDS } from './words.ts'

/** The field for a value's type. */
export function ValueField(props: ValueProps) {
  const { property, value, onChange, onNext } = props
  const label = WORDS.valueOf(property)
  switch (propertyType(value)) {
    case 'list':
      return <ListValue {...props} items={value as (string | number | boolean)[]} />
    case 'link':
      return <LinkValue {...props} label={label} text={String(value)} />
    case 'number':
      return <NumberValue {...props} />
    case 'checkbox':
      return <CheckValue {...props} />
    case 'date':
      return <DateValue {...props} />
    case 'other':
      return (
        <span className="prop-other" title={WORDS.asWritten}>
          {valueText(value)}
        </span>
      )
    case 'text':
      return (
        <DraftField
          className="prop-text"
          aria-label={label}
          value={value === null ? '' : String(value)}
          onCommit={(text) => void onChange(text)}
          onNext={onNext}
        />
      )
  }
}

function CheckValue({ property, value, onChange }: ValueProps) {
  const [isOn, setOn] = useComing(value === true)
  return (
    <label className="prop-check">
      <input
        type="checkbox"
        aria-label={WORDS.valueOf(property)}
        checked={isOn}
        onChange={(event) => {
          setOn(event.target.checked)
          onChange(event.target.checked)
        }}
      />
      <span aria-hidden="true">{isOn ? WORDS.yes : WORDS.no}</span>
    </label>
  )
}

function DateValue({ property, value, onChange, onNext }: ValueProps) {
  const [day, setDay] = useComing(String(value))
  /** While it is typed a date is now and then none, or of the year 2: the note hears of it when it is whole. */
  const [draft, setDraft] = useState<string | null>(null)
  const commit = () => {
    if (draft !== null && draft !== day && isDay(draft)) {
      setDay(draft)
      onChange(draft)
    }
    setDraft(null)
  }
  return (
    <input
      type="date"
      className="prop-date num"
      aria-label={WORDS.valueOf(property)}
      value={draft ?? day}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return
        commit()
        onNext()
      }}
    />
  )
}

function NumberValue({ property, value, onChange, onNext }: ValueProps) {
  const [wrong, setWrong] = useState<string | null>(null)
  return (
    <span className="prop-number">
      <DraftField
        className="prop-text num"
        inputMode="decimal"
        aria-label={WORDS.valueOf(property)}
        aria-invalid={wrong !== null}
        value={String(value)}
        onCommit={(text) => {
          if (!isNumber(text)) {
            setWrong(text)
            return false
          }
          setWrong(null)
          onChange(Number(text))
          return true
        }}
        onNext={onNext}
      />
      {wrong !== null && (
        <span className="prop-wrong" role="alert">
          {WORDS.notNumber(wrong)}{' '}
          <button
            type="button"
            className="text-button"
            onClick={() => {
              setWrong(null)
              onChange(wrong)
            }}
          >
            {WORDS.asText}
          </button>
        </span>
      )}
    </span>
  )
}
