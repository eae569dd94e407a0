import { useState } from 'react'

/** A value as the person just set it, until the note says another than it said then. */
export function useComing<T>(value: T): [T, (next: T) => void] {
  const [coming, setComing] = useState<{ readonly from: T; readonly to: T } | null>(null)
  const shown = coming && coming.from === value ? coming.to : value
  return [shown, (to) => setComing({ from: value, to })]
}
