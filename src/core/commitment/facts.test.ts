import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PropertyValue } from '../note/note.ts'
import { changedDrafts } from './acts.ts'
import { cadenceText, cadenceWords, readCadence } from './cadence.ts'
import { FACT_KEYS, readFacts } from './facts.ts'

describe('facts', () => {
  it.each([
    ['2w', '2w'],
    ['10d', '10d'],
    ['3m', '3m'],
    ['2 weeks', '2w'],
    ['every 2 weeks', '2w'],
    ['Weekly', '1w'],
    ['monthly', '1m'],
    ['every month', '1m'],
    ['every other week', '2w'],
    ['a fortnight', '2w'],
    ['three months', '3m'],
    ['quarterly', '3m'],
    ['1 year', '12m'],
    ['biweekly', null],
    ['w', null],
    ['0w', null],
    ['1000d', null],
    ['soon', null],
    ['constructor', null],
    ['2', null],
    ['', null],
  ])('G14 reads %j as %j', (text, wanted) => {
    const cadence = readCadence(text)
    expect(cadence && cadenceText(cadence)).toBe(wanted)
    if (cadence) {
      expect(readCadence(cadenceText(cadence))).toEqual(cadence)
      expect(readCadence(`every ${cadenceWords(cadence)}`)).toEqual(cadence)
    }
  })

  it('G14 reads anything, whatever its key is spelled like', () => {
    const value = fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.constant([['a']]), fc.constant({ a: 1 }))
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...FACT_KEYS, 'other'), value)), (pairs) => {
        readFacts(pairs.map(([key, value]) => ({ key, value: value as PropertyValue })))
      }),
    )
    const read = (key: string, value: PropertyValue) => readFacts([{ key, value }])
    expect(read('Review every', '2 weeks').reviewEvery).toEqual({ every: 2, unit: 'week' })
    expect(read('due', '2026-03-31T23:30:00-08:00').due).toBe('2026-03-31')
    expect(read('due', '[[2026-03-31]]').due).toBe('2026-03-31')
    expect(read('due', '2026-02-30').due).toBe('')
    expect(read('due', '2026-03-311').due).toBe('')
    expect(read('proceed_marks', 4).proceedMarks).toBe(4)
    expect(read('proceed_marks', '-4').proceedMarks).toBe(0)
    expect(read('pivot_if', 'Two in a row\n take longer').pivotIf).toBe('Two in a row take longer')
    const both = readFacts([
      { key: 'Due', value: '2026-01-01' },
      { key: 'due', value: '2026-02-02' },
    ])
    expect(both.due).toBe('2026-02-02')
  })

  it('G21 a changed fact says what it was, another spelling of it nothing', () => {
    const change = (key: string, from: PropertyValue, to: PropertyValue) =>
      changedDrafts([{ key, value: from }], [{ key, value: to }]).map(({ text, details }) => [
        text,
        details.from,
        details.to,
      ])
    expect(change('due', '2026-03-31', '2026-04-07')).toEqual([
      ['Due: 31 March became 7 April.', '2026-03-31', '2026-04-07'],
    ])
    expect(change('due', '2026-12-31', '2027-01-07')).toEqual([
      ['Due: 31 December 2026 became 7 January 2027.', '2026-12-31', '2027-01-07'],
    ])
    expect(change('due', '', '2026-04-07')[0]?.[0]).toBe('Due: set to 7 April 2026.')
    expect(change('due', '2026-03-31', null)[0]?.[0]).toBe('Due: 31 March 2026 taken away.')
    expect(change('review_every', '2w', '1m')[0]?.[0]).toBe('Review: every 2 weeks became every month.')
    expect(change('review_every', '2w', 'every 2 weeks')).toEqual([])
    expect(change('due', '2026-03-31', '2026-03-31T10:00')).toEqual([])
    expect(change('pivot_if', 'Two in a row.', 'Three in a row.')[0]?.[0]).toBe(
      'Pivot if: Two in a row. became Three in a row.',
    )
    expect(change('next_review', '2026-03-31', '2026-04-07')).toEqual([])
    expect(changedDrafts([{ key: 'Due', value: '2026-03-31' }], [{ key: 'due', value: '2026-03-31' }])).toEqual([])
  })
})
