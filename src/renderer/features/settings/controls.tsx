import { ChevronDown } from 'lucide-react'
import { useId } from 'react'
import { Icon } from '../../ui/Icon.tsx'
import { WORDS } from './words.ts'

/** Square, with On or Off in words (DESIGN 12). */
export function Switch({ label, isOn, onChange }: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) {
  return (
    <button
      type="button"
      role="switch"
      className="switch"
      aria-checked={isOn}
      aria-label={label}
      onClick={() => onChange(!isOn)}
    >
      <span className="switch-box" aria-hidden="true">
        <i />
      </span>
      <span className="switch-word">{isOn ? WORDS.on : WORDS.off}</span>
    </button>
  )
}

export function Radios<V extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: Readonly<Record<V, string>>
  value: V
  onChange: (value: V) => void
}) {
  const name = useId()
  return (
    <div className="radios" role="radiogroup" aria-label={label}>
      {(Object.entries(options) as [V, string][]).map(([each, text]) => (
        <label key={each} className="radio">
          <input type="radio" name={name} checked={each === value} onChange={() => onChange(each)} />
          {text}
        </label>
      ))}
    </div>
  )
}

/** The browser's own list, so that every keyboard and reader knows it. */
export function Select<V extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string
  options: readonly (readonly [V, string])[]
  value: V
  onChange: (value: V) => void
}) {
  return (
    <span className="select">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>
        {options.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
      <Icon of={ChevronDown} size={14} />
    </span>
  )
}
