import { describe, expect, it } from 'vitest'
import { addDays } from '../base/calendar-day.ts'
import type { PropertyValue } from '../note/note.ts'
import {
  answerDraft,
  type EntryDraft,
  inviteDraft,
  openDraft,
  rereadDraft,
  reviewDraft,
  withdrawDraft,
} from './acts.ts'
import type { LogEntry } from './entry.ts'
import { readFacts } from './facts.ts'
import { isMine, ledgerOf } from './ledger.ts'
import { headsOf } from './order.ts'
import { readCommitment } from './reading.ts'

const facts = (values: Readonly<Record<string, PropertyValue>>) =>
  readFacts(Object.entries(values).map(([key, value]) => ({ key, value })))
const FACTS = facts({ due: '2026-03-31', review_every: '2w' })

/** A log that is written one entry after the other, `sees` what is there unless it says otherwise. */
class Log {
  readonly entries: LogEntry[] = []

  add(at: string, draft: Partial<EntryDraft> & { type: string }, fields: Partial<LogEntry> = {}): LogEntry {
    const bare = { id: `log-${this.entries.length}`, at, author: '', device: '', text: '', details: {} }
    const entry = { ...bare, sees: headsOf(this.entries), ...draft, ...fields }
    this.entries.push(entry)
    return entry
  }

  open(today: string, given = FACTS): LogEntry {
    return this.add(today, openDraft({ text: 'Two teams', facts: given, today }))
  }

  answer(today: string, so: 'proceed' | 'kept' | 'parked' | 'review' = 'proceed', given = FACTS): LogEntry {
    const answer = { so, text: 'Kept going', cites: ['note-1'] }
    return this.add(today, reviewDraft(answer, given, this.read(today, given), today))
  }

  read(today: string, given = FACTS) {
    return readCommitment(given, this.entries, today)
  }
}

describe('the review of a commitment', () => {
  it('G16 G19 is due on its day, and answered by an entry', () => {
    const log = new Log()
    log.open('2026-02-17')
    expect(log.read('2026-03-02').review).toMatchObject({ on: '2026-03-03', isDue: false, number: 1, of: 3, missed: 0 })
    expect(log.read('2026-03-03').review).toMatchObject({ on: '2026-03-03', isDue: true, number: 1, of: 3 })
    const entry = log.answer('2026-03-03')
    expect(entry.details).toEqual({ review: '2026-03-03', next: '2026-03-17', cites: ['note-1'] })
    expect(log.read('2026-03-17').review).toEqual({
      ...{ on: '2026-03-17', isDue: true, number: 2, of: 3, missed: 0, since: '2026-03-03', start: '2026-02-17' },
    })
  })

  it('G19 several that went by are one, and one entry answers them', () => {
    const log = new Log()
    log.open('2026-02-17')
    expect(log.read('2026-04-05').review).toMatchObject({ on: '2026-03-03', isDue: true, number: 3, of: 3, missed: 2 })
    log.answer('2026-04-05', 'review')
    expect(log.read('2026-04-05').review).toMatchObject({ on: '2026-04-14', isDue: false, missed: 0, number: 4, of: 4 })
  })

  it('G19 an entry before the day answers nothing', () => {
    const log = new Log()
    log.open('2026-02-17')
    const entry = log.answer('2026-03-02')
    expect(entry.details).toEqual({ next: '2026-03-03', cites: ['note-1'] })
    expect(log.read('2026-03-03').review).toMatchObject({ on: '2026-03-03', isDue: true })
  })

  it('G15 G16 an entry without details counts by its own day, one without a day answers nothing', () => {
    const log = new Log()
    log.add('2026-02-17', { type: 'opened' })
    log.add('2026-03-04', { type: 'proceed' })
    expect(log.read('2026-03-04').review).toMatchObject({ on: '2026-03-17', since: '2026-03-04' })
    log.add('', { type: 'proceed' })
    log.add('2026-03-18', { type: 'saw' })
    expect(log.read('2026-03-18').review).toMatchObject({ on: '2026-03-17', isDue: true })
    log.add('2026-03-18', { type: 'review', details: { next: 'soon', review: 7, cites: [3, ''], towards: 'up' } })
    expect(log.read('2026-03-18').review).toMatchObject({ on: '2026-03-31', isDue: false })
    expect(log.read('2026-03-18').marks).toEqual({ proceed: 0, pivot: 0 })
  })

  it('G17 an entry of the future answers nothing until its day has come, but for tomorrow', () => {
    const log = new Log()
    log.open('2026-02-17')
    log.add('2027-03-03', { type: 'proceed', details: { next: '2027-03-17' } })
    expect(log.read('2026-03-03').review).toMatchObject({ on: '2026-03-03', isDue: true })
    expect(log.read('2027-03-02').review).toMatchObject({ on: '2027-03-17', isDue: false })
    const early = new Log()
    early.open('2026-02-17')
    early.add('2026-03-04', { type: 'proceed', details: { next: '2026-03-17' } })
    expect(early.read('2026-03-03').review).toMatchObject({ on: '2026-03-17' })
    expect(early.read('2026-03-02').review).toMatchObject({ on: '2026-03-03' })
  })

  it('G17 is due today where nobody knows when it began', () => {
    const log = new Log()
    log.add('', { type: 'opened' })
    expect(log.read('2026-03-03').review).toMatchObject({ on: '2026-03-03', isDue: true, number: 1, missed: 0 })
    log.answer('2026-03-03')
    expect(log.read('2026-03-03').review).toMatchObject({ on: '2026-03-17', isDue: false })
    const ahead = new Log()
    ahead.add('2030-01-01', { type: 'opened', details: { next: '2030-01-15' } })
    expect(ahead.read('2026-03-03').review).toMatchObject({ on: '2026-03-03', isDue: true })
  })

  it('G18 months end where they end, and leap years have their day', () => {
    const monthly = facts({ review_every: '1m' })
    const log = new Log()
    log.open('2024-01-31', monthly)
    const days: string[] = []
    for (let day = '2024-01-31'; day < '2024-06-01'; day = addDays(day, 1)) {
      if (!log.read(day, monthly).review?.isDue) continue
      days.push(day)
      log.answer(day, 'proceed', monthly)
    }
    expect(days).toEqual(['2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31'])
  })

  it('G18 a changed cadence counts from the last answer', () => {
    const log = new Log()
    log.open('2026-02-17')
    log.answer('2026-03-03')
    const change = { type: 'changed', details: { key: 'review_every', from: '2w', to: '3w' } }
    log.add('2026-03-05', change)
    const slower = facts({ review_every: '3w' })
    expect(log.read('2026-03-20', slower).review).toMatchObject({ on: '2026-03-24', isDue: false, start: '2026-03-03' })
    log.answer('2026-03-24', 'proceed', slower)
    expect(log.read('2026-03-24', slower).review).toMatchObject({ on: '2026-04-14' })
  })

  it('G18 a cadence that is taken away clears none that is due; the answer to it is the last', () => {
    for (const to of ['', 'biweekly']) {
      const log = new Log()
      log.add('2026-02-17', { type: 'opened', details: { next: '2026-03-03' } })
      log.add('2026-03-04', { type: 'changed', details: { key: 'review_every', from: '2w', to } })
      const none = facts({ review_every: to })
      expect(log.read('2026-03-05', none).review).toMatchObject({ on: '2026-03-03', isDue: true })
      log.add('2026-03-05', { type: 'proceed' })
      expect(log.read('2026-05-05', none).review).toBeNull()
    }
  })

  it('G18 a cadence that is taken away before a review is due leaves none', () => {
    const log = new Log()
    log.add('2026-02-17', { type: 'opened', details: { next: '2026-03-03' } })
    log.add('2026-03-01', { type: 'changed', details: { key: 'review_every', from: '2w', to: '' } })
    expect(log.read('2026-04-05', facts({})).review).toBeNull()
  })

  it('G18 a changed cadence clears none that is due, and makes none in the past', () => {
    const log = new Log()
    log.open('2026-02-17')
    log.add('2026-03-04', { type: 'changed', details: { key: 'review_every', from: '2w', to: '3m' } })
    expect(log.read('2026-03-04', facts({ review_every: '3m' })).review).toMatchObject({
      on: '2026-03-03',
      isDue: true,
    })
    const first = new Log()
    const none = facts({})
    first.open('2026-01-01', none)
    expect(first.read('2026-06-01', none).review).toBeNull()
    first.add('2026-06-01', { type: 'changed', details: { key: 'review_every', from: '', to: '1w' } })
    expect(first.read('2026-06-01', facts({ review_every: '1w' })).review).toMatchObject({
      on: '2026-06-04',
      isDue: false,
      missed: 0,
    })
  })

  it('G16 parked and opened again begins anew', () => {
    const log = new Log()
    log.open('2026-02-17')
    log.answer('2026-03-03', 'parked')
    expect(log.read('2026-06-01')).toMatchObject({ status: 'considering', review: null, opened: '2026-02-17' })
    log.open('2026-06-01')
    expect(log.read('2026-06-02').review).toMatchObject({ on: '2026-06-15', number: 1, since: '2026-06-01' })
  })

  it('G16 kept and taken up again is in progress, with a review from then on', () => {
    const log = new Log()
    log.open('2026-02-17')
    log.answer('2026-03-03', 'kept')
    expect(log.read('2026-03-04')).toMatchObject({ status: 'kept', closed: '2026-03-03', review: null })
    log.answer('2026-05-01', 'proceed')
    expect(log.read('2026-05-01')).toMatchObject({ status: 'in progress', closed: '', review: { on: '2026-05-15' } })
  })

  it('G5 G16 decided twice is open with its earliest review, until an entry saw both', () => {
    const log = new Log()
    const opened = log.open('2026-02-17')
    log.add('2026-03-03', { type: 'kept', details: { next: '2026-03-17' } }, { sees: [opened.id] })
    log.add('2026-03-18', { type: 'dropped', details: { next: '2026-03-31' } }, { sees: [opened.id] })
    expect(log.read('2026-03-18')).toMatchObject({
      ...{ status: 'in progress', twice: true, endings: ['log-1', 'log-2'], closed: '' },
      review: { on: '2026-03-17', isDue: true },
    })
    log.add('2026-03-19', { type: 'review' })
    expect(log.read('2026-03-19').twice).toBe(true)
    log.answer('2026-03-19', 'kept')
    expect(log.read('2026-03-19')).toMatchObject({ status: 'kept', twice: false, endings: [], closed: '2026-03-19' })
  })
})

describe('what else entries say', () => {
  it('G22 a withdrawn entry keeps what it decided and loses what it saw', () => {
    const log = new Log()
    log.open('2026-02-17')
    const saw = log.add('2026-02-20', { type: 'saw', text: 'Nine hours', details: { towards: 'pivot' } })
    const ended = log.answer('2026-03-03', 'kept')
    expect(log.read('2026-03-03').marks.pivot).toBe(1)
    log.add('2026-03-04', withdrawDraft(saw.id, 'Not mine to tell'))
    log.add('2026-03-05', withdrawDraft(ended.id, 'Too early'))
    expect(log.read('2026-03-05')).toMatchObject({ status: 'kept', marks: { pivot: 0 }, last: { type: 'opened' } })
    // the copy without its text, and the one that another computer still has
    log.entries.push({ ...ended, text: '' })
    expect(log.read('2026-03-05')).toMatchObject({ status: 'kept', closed: '2026-03-03' })
  })

  it('G20 an invitation is accepted, never assigned', () => {
    const log = new Log()
    log.add('2026-02-17', { type: 'opened' }, { author: 'Mara' })
    log.add('2026-02-17', inviteDraft('Jonas Lind'))
    const people = () => Object.fromEntries(log.read('2026-02-17').people.map(({ name, state }) => [name, state]))
    expect(people()).toEqual({ Mara: 'accepted', 'Jonas Lind': 'invited' })
    expect(isMine(log.read('2026-02-17'), 'Jonas Lind')).toBe(false)
    log.add('2026-02-18', answerDraft('jonas  lind', 'accepted'))
    expect(people()).toEqual({ Mara: 'accepted', 'Jonas Lind': 'accepted' })
    log.add('2026-02-19', inviteDraft('Jonas Lind'))
    expect(people()['Jonas Lind']).toBe('accepted')
    log.add('2026-02-20', { type: 'declined' }, { author: 'Jonas Lind' })
    expect(people()['Jonas Lind']).toBe('declined')
    log.add('2026-02-21', inviteDraft('Jonas Lind'))
    expect(people()['Jonas Lind']).toBe('invited')
  })

  it('G20 of answers that did not see each other "declined" goes before, whatever their time', () => {
    for (const [yes, no] of [
      ['2026-02-18', '2026-02-19'],
      ['2026-02-19', '2026-02-18'],
    ] as const) {
      const log = new Log()
      const { id } = log.add('2026-02-17', inviteDraft('Ana'))
      log.add(yes, answerDraft('Ana', 'accepted'), { sees: [id] })
      log.add(no, answerDraft('Ana', 'declined'), { sees: [id] })
      expect(log.read('2026-02-19').people).toEqual([{ name: 'Ana', state: 'declined' }])
    }
  })

  it('G24 marks count in every life, and the reason for going over is that of the entry that decides', () => {
    const log = new Log()
    log.add('2026-02-17', openDraft({ text: 'Too good to wait', facts: FACTS, today: '2026-02-17', over: 3 }))
    expect(log.read('2026-02-17').over).toBe('Too good to wait')
    log.add('2026-02-18', { type: 'evidence', details: { towards: 'proceed' } })
    log.answer('2026-03-03', 'parked')
    expect(log.read('2026-03-03').over).toBeNull()
    log.open('2026-06-01')
    expect(log.read('2026-06-01')).toMatchObject({ over: null, marks: { proceed: 1 } })
    const reread = log.add('2026-06-02', rereadDraft('pin-1', 'Blast radius'))
    expect(log.read('2026-06-02').last).toEqual(reread)
  })

  it('G23 the view parts what is due from what is not, and counts the last year', () => {
    const item = (id: string, log: Log, title = id) => ({
      ...{ id: id as never, title, facts: FACTS, reading: log.read('2026-03-10'), restsOn: { for: 0, against: 0 } },
      log: log.entries.length,
    })
    const [due, later, closed, old, idea] = [new Log(), new Log(), new Log(), new Log(), new Log()]
    due.open('2026-02-17')
    later.open('2026-03-09')
    closed.open('2026-01-01')
    closed.answer('2026-02-01', 'kept')
    old.open('2020-01-01')
    old.answer('2020-02-01', 'kept')
    const items = [item('old', old), item('idea', idea), item('later', later), item('closed', closed), item('due', due)]
    const ledger = ledgerOf(items, { me: 'Mara', limit: 2, today: '2026-03-10' })
    const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id)
    expect([ledger.due, ledger.inProgress, ledger.considering, ledger.closed].map(ids)).toEqual([
      ...[['due'], ['later'], ['idea'], ['closed', 'old']],
    ])
    expect(ledger).toMatchObject({ lately: 1, limit: { limit: 2, mine: 2, isOver: false, isFull: true } })
    expect(ledgerOf(items, { me: '', limit: null, today: '2026-03-10' }).limit).toEqual({
      ...{ limit: null, mine: 2, isOver: false, isFull: false },
    })
    expect(ledgerOf(items, { me: '', limit: 1, today: '2026-03-10' }).limit.isOver).toBe(true)
  })
})

describe('two peers who open one again', () => {
  it('G16 G25 start from what neither of them saw, whatever their clocks say', () => {
    const nextOf = (first: string, second: string) => {
      const log = new Log()
      log.open('2026-01-05')
      log.add('2026-01-06', { type: 'parked', details: { next: '2026-01-07' } })
      log.add(first, { type: 'opened', details: { next: '2026-03-10' } }, { sees: ['log-1'] })
      log.add(second, { type: 'opened', details: { next: '2026-03-12' } }, { sees: ['log-0'] })
      return log.read('2026-03-03').review?.on
    }
    expect(nextOf('2026-03-01', '2026-03-02')).toBe('2026-03-10')
    expect(nextOf('2026-03-02', '2026-03-01')).toBe('2026-03-10')
  })
})

describe('a commitment without a log', () => {
  it('G13 G14 is what its properties say, until an entry speaks of it', () => {
    const given = facts({ status: 'In_Progress', review_every: '2w', next_review: '2026-03-10' })
    expect(readCommitment(given, [], '2026-03-03')).toMatchObject({
      status: 'in progress',
      review: { on: '2026-03-10', isDue: false },
    })
    const log = new Log()
    log.add('2026-03-03', { type: 'saw' })
    expect(log.read('2026-03-03', given).status).toBe('in progress')
    log.answer('2026-03-10', 'proceed', given)
    expect(log.read('2026-03-10', given).review).toMatchObject({ on: '2026-03-24' })
    log.answer('2026-03-24', 'parked', given)
    expect(log.read('2026-03-24', given).status).toBe('considering')
    expect(readCommitment(facts({ status: 'someday' }), [], '2026-03-03').status).toBe('considering')
    expect(readCommitment(facts({ status: 'kept' }), [], '2026-03-03').status).toBe('kept')
  })
})
