import { Minus, Plus } from 'lucide-react'
import { IconButton } from './IconButton.tsx'
import './stepper.css'

/** A number between two ends, one step at a time. */
export function Stepper({
  value,
  min,
  max,
  less,
  more,
  onChange,
}: {
  value: number
  min: number
  max: number
  less: string
  more: string
  onChange: (value: number) => void
}) {
  return (
    <span className="stepper">
      <IconButton icon={Minus} label={less} isDisabled={value <= min} onClick={() => onChange(value - 1)} />
      <output className="num">{value}</output>
      <IconButton icon={Plus} label={more} isDisabled={value >= max} onClick={() => onChange(value + 1)} />
    </span>
  )
}
