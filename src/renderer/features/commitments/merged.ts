import { dayInWords } from '../../../core/base/day-words.ts'
import { allOf } from '../../../core/base/in-words.ts'
import { entryDay, type LogEntry } from '../../../core/commitment/entry.ts'
import { isMine } from '../../../core/commitment/ledger.ts'
import { orderLog } from '../../../core/commitment/order.ts'
import { nameKey } from '../../../core/commitment/people.ts'
import type { Commitment, Ledger } from '../../platform/ledger.ts'
import { WORDS } from './words.ts'

type Counted = Pick<Ledger, 'limit' | 'due' | 'inProgress' | 'me' | 'today'>

/** More titles than that are counted. */
const MOST_NAMED = 3

/**
 * How it came to be over the limit, as far as that is known: by what came from elsewhere (`cameIn`), which asked nobody
 * here; else for a reason that was given. null where nothing tells, as when the limit itself was lowered.
 */
export function howOver(ledger: Counted, cameIn: readonly Commitment[]): string | null {
  if (!ledger.limit.isOver) return null
  return cameIn.length > 0 ? sayCameIn(cameIn, ledger) : sayReason(ledger)
}

function sayCameIn(cameIn: readonly Commitment[], { me, today }: Counted): string {
  const open = cameIn.filter(({ reading }) => !reading.twice)
  const twice = cameIn.filter(({ reading }) => reading.twice)
  const [only] = open
  return [
    only && open.length === 1 ? sayOne(only, me, today) : open.length > 1 ? WORDS.cameIn(titlesOf(open)) : '',
    twice.length > 0 ? WORDS.openAgain(titlesOf(twice), twice.length) : '',
    WORDS.nothingDropped,
  ]
    .filter((part) => part !== '')
    .join(' ')
}

function sayOne({ title, entries }: Commitment, me: string, today: string): string {
  const entry = orderLog(entries).findLast(({ type }) => type === 'opened')
  if (!entry) return WORDS.cameIn(WORDS.quoted(title))
  const day = entryDay(entry)
  return WORDS.cameInOne(title, isOf(entry, me) ? '' : entry.author, day === '' ? '' : dayInWords(day, today))
}

function titlesOf(items: readonly Commitment[]): string {
  const named = items.slice(0, items.length > MOST_NAMED ? MOST_NAMED - 1 : MOST_NAMED)
  const titles = named.map(({ title }) => WORDS.quoted(title))
  return allOf(items.length > named.length ? [...titles, WORDS.moreTitles(items.length - named.length)] : titles)
}

/** The last reason of the reader's own: of what somebody else went over, the reader's limit says nothing. */
function sayReason({ due, inProgress, me }: Counted): string | null {
  const given = [...due, ...inProgress].flatMap(({ title, entries, reading }) => {
    if (!isMine(reading, me)) return []
    const entry = entries.findLast((entry) => isOf(entry, me) && isReason(entry, reading.over))
    return entry ? [{ title, entry }] : []
  })
  const last = given.sort((a, b) => (a.entry.at < b.entry.at ? -1 : 1)).at(-1)
  return last ? WORDS.wentOver(last.title, last.entry.text) : null
}

/** Opened over the limit, or accepted so: that decides no status, and is the reason of who accepted (G24). */
const isReason = ({ type, text, details }: LogEntry, over: string | null): boolean =>
  Object.hasOwn(details, 'over') && text !== '' && (text === over || type === 'accepted')

const isOf = ({ author }: LogEntry, me: string): boolean => author === '' || nameKey(author) === nameKey(me)
