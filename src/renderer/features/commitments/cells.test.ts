import { expect, test } from 'vitest'
import { commitment, TODAY } from '../../platform/commitment.test-data.ts'
import { cadenceWords, cellsOf, reachWords } from './cells.ts'

const opened = (at: string) => ({ type: 'opened', at })
const texts = (...args: Parameters<typeof cellsOf>) =>
  cellsOf(...args).map(({ text, small, isHot }) => `${isHot ? '! ' : ''}${text}${small === '' ? '' : ` / ${small}`}`)

test('a review that is due asks for attention, and says how often', () => {
  const due = commitment({ facts: { review_every: '2w', due: '2026-12-07' }, log: [opened('2026-11-09')] })
  expect(texts('due', due, TODAY)).toEqual(['! Today / every 2 weeks', '7 Dec / in 14 days'])
  const late = commitment({ facts: { review_every: '1w', due: '2026-11-20' }, log: [opened('2026-10-26')] })
  expect(texts('due', late, TODAY)).toEqual(['! Mon 2 Nov / 3 missed', '! 20 Nov / 3 days ago'])
})

test('a review to come, none, and no due date', () => {
  const next = commitment({ facts: { review_every: '1w' }, log: [opened('2026-11-19')] })
  expect(texts('inProgress', next, TODAY)).toEqual(['Thu 26 Nov / weekly', 'No due date'])
  expect(texts('inProgress', commitment({ log: [opened('2026-11-19')] }), TODAY)[0]).toBe('No reviews')
})

test('what is considered says what it rests on and whom it would reach', () => {
  const cell = (restsOn: { for: number; against: number }, reach: string) =>
    texts('considering', commitment({ facts: { reach }, restsOn }), TODAY)
  expect(cell({ for: 2, against: 0 }, 'two teams')).toEqual(['2 notes', 'Two teams'])
  expect(cell({ for: 0, against: 0 }, '')).toEqual(['Nothing yet', 'Not said'])
  expect(cell({ for: 1, against: 1 }, 'the whole street')).toEqual(['2 notes / 1 against', 'The whole street'])
})

test('what is closed says when, and after how long', () => {
  const log = [opened('2026-09-01'), { type: 'kept', at: '2026-11-10' }]
  expect(texts('closed', commitment({ log }), TODAY)).toEqual(['10 Nov', '10 weeks'])
})

test('how often and how far, in words', () => {
  expect(cadenceWords({ every: 1, unit: 'month' })).toBe('monthly')
  expect(cadenceWords({ every: 10, unit: 'day' })).toBe('every 10 days')
  expect(reachWords(' Everyone ')).toBe('Everyone')
})
