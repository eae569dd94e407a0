import { isDay } from '../base/calendar-day.ts'

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

/** Two days as people say them, the month of the second and the years only where they are others: `31 March`, `7 April`. */
export function dayWords(from: string, to: string): readonly [string, string] {
  if (!isDay(from) || !isDay(to)) return [longDay(from), longDay(to)]
  const withYear = from.slice(0, 4) !== to.slice(0, 4)
  return withYear ? [longDay(from), longDay(to)] : [shortDay(from), shortDay(to)]
}

const shortDay = (day: string): string => `${Number(day.slice(8))} ${MONTHS[Number(day.slice(5, 7)) - 1]}`

const longDay = (text: string): string => (isDay(text) ? `${shortDay(text)} ${Number(text.slice(0, 4))}` : text)
