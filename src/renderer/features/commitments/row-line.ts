import type { Day } from '../../../core/base/calendar-day.ts'
import { longDay } from '../../../core/base/day-words.ts'
import { entryDay, type LogEntry } from '../../../core/commitment/entry.ts'
import { orderLog } from '../../../core/commitment/order.ts'
import type { Commitment } from '../../platform/ledger.ts'
import { plainInline } from '../../ui/plain-inline.ts'
import { WORDS } from './words.ts'

const sentence = (text: string): string => (text === '' || /[.?!…”]$/.test(text) ? text : `${text}.`)

/** The one line under a commitment's title: what it waits for, how far it is, or what was said last. */
export function rowLine(commitment: Commitment, today: Day): string {
  const { reading, facts, restsOn } = commitment
  if (reading.twice) return twiceLine(commitment)
  const said = saidLine(newestWords(commitment), today)
  if (reading.status === 'considering') {
    if (reading.last?.type === 'parked') {
      return sentence(WORDS.parked(dayOf(reading.last, today), plainInline(reading.last.text)))
    }
    if (restsOn.for + restsOn.against === 0) return WORDS.fromWhat
    return said || sentence(plainInline(facts.blastRadius)) || proceedLine(commitment)
  }
  const parts = [marksLine(commitment), restsOn.against > 0 ? WORDS.challenged(restsOn.against) : '', said]
  const line = parts.filter(Boolean).join(' ')
  if (line !== '') return line
  return proceedLine(commitment) || (reading.opened === '' ? '' : WORDS.opened(longDay(reading.opened, today)))
}

/** “Decided twice: kept by Ana, dropped by Jonas.” */
function twiceLine({ reading, entries }: Commitment): string {
  const endings = reading.endings.flatMap((id) => {
    const entry = entries.find((each) => each.id === id)
    return entry ? [WORDS.by(WORDS.endings[entry.type] ?? entry.type, entry.author)] : []
  })
  return WORDS.twice(endings.join(', '))
}

const SILENT: ReadonlySet<string> = new Set(['withdrawn', 'changed'])

/** An entry without words, such as an answer to an invitation, does not hide what was said before it. */
function newestWords({ reading, entries }: Commitment): LogEntry | null {
  if (reading.last && reading.last.text !== '') return reading.last
  return orderLog(entries).findLast(({ type, text }) => text !== '' && !SILENT.has(type)) ?? null
}

const dayOf = (entry: LogEntry, today: Day): string => {
  const day = entryDay(entry)
  return day === '' ? '' : longDay(day, today)
}

function saidLine(entry: LogEntry | null, today: Day): string {
  const text = entry ? plainInline(entry.text) : ''
  if (!entry || text === '') return ''
  const day = dayOf(entry, today)
  return day === '' ? WORDS.lastEntryUndated(text) : WORDS.lastEntry(day, text)
}

function proceedLine({ facts }: Commitment): string {
  const text = plainInline(facts.proceedIf)
  return text === '' ? '' : sentence(WORDS.proceedIf(text))
}

function marksLine({ reading: { marks }, facts }: Commitment): string {
  const parts = [
    ...(marks.proceed > 0 ? [WORDS.marks(marks.proceed, facts.proceedMarks, 'proceeding')] : []),
    ...(marks.pivot > 0 ? [WORDS.marks(marks.pivot, facts.pivotMarks, 'a pivot')] : []),
  ]
  return parts.map(sentence).join(' ')
}
