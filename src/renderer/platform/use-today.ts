import { useEffect, useState } from 'react'
import { calendarDay, type Day } from '../../core/base/calendar-day.ts'

/** A computer that slept through midnight is asked again when somebody looks. */
const LOOK_EACH_MS = 10 * 60_000
const SOON_MS = 250

/** Today by this computer's calendar, also after midnight. */
export function useToday(): Day {
  const [today, setToday] = useState<Day>(() => calendarDay(new Date()))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const look = () => {
      clearTimeout(timer)
      const now = new Date()
      setToday(calendarDay(now))
      const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime()
      timer = setTimeout(look, Math.min(midnight - now.getTime() + SOON_MS, LOOK_EACH_MS))
    }
    look()
    window.addEventListener('focus', look)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('focus', look)
    }
  }, [])
  return today
}
