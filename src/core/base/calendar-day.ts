/** `2026-03-03`, by this computer's calendar: the last moment of a day is that day in every time zone. */
export const calendarDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
