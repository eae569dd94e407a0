import { useEffect, useState } from 'react'

/** True once `value` has been true for `ms` without a break; false at once. */
export function useDelayed(value: boolean, ms: number): boolean {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    if (!value) return
    const timer = setTimeout(() => setLate(true), ms)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [value, ms])
  return value && isLate
}
