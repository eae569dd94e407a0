import { describe, expect, test } from 'vitest'
import { commitment, TODAY } from '../../platform/commitment.test-data.ts'
import { rowLine } from './row-line.ts'

const line = (given: Parameters<typeof commitment>[0]) => rowLine(commitment(given), TODAY)
const opened = { type: 'opened', at: '2026-11-01', author: 'Ana', text: 'Two teams.' }

describe('in progress', () => {
  test('what was said last, with its day, and links as what they show', () => {
    const log = [opened, { type: 'saw', at: '2026-03-05T10:00:00+01:00', text: 'Asks by [[Direct|message]] *still*.' }]
    expect(line({ log })).toBe('Last note, 5 March: “Asks by message still.”')
    expect(line({ log: [opened, { type: 'accepted', author: 'Jonas' }] })).toBe('Last note, 1 November: “Two teams.”')
    expect(line({ log: [{ type: 'opened', text: 'So.' }] })).toBe('Last note: “So.”')
  })

  test('marks in words, as far as they were wanted, and what is challenged', () => {
    const mark = (towards: string) => ({ type: 'saw', at: '2026-11-20', text: 'It held.', details: { towards } })
    expect(line({ log: [opened, mark('proceed')] })).toMatch(/^One mark towards proceeding\. Last note, 20 November/)
    const facts = { proceed_marks: 4, pivot_marks: 1 }
    const log = [opened, mark('proceed'), mark('proceed'), mark('pivot')]
    expect(line({ facts, log, restsOn: { for: 1, against: 1 } })).toBe(
      'Two of four marks towards proceeding. One of one marks towards a pivot. One note it rests on is challenged. Last note, 20 November: “It held.”',
    )
  })

  test('while nothing was said: when it proceeds, else when it was opened', () => {
    const log = [{ ...opened, text: '' }]
    expect(line({ facts: { proceed_if: 'four drafts open with a case' }, log })).toBe(
      'Proceed if four drafts open with a case.',
    )
    expect(line({ facts: { proceed_if: 'Four drafts open with a case.' }, log })).toBe(
      'Proceed if: Four drafts open with a case.',
    )
    expect(line({ log })).toBe('Opened 1 November.')
  })

  test('decided twice: by whom, and how', () => {
    const log = [
      opened,
      { type: 'kept', author: 'Ana', sees: ['log-0'] },
      { type: 'dropped', author: 'Jonas', sees: ['log-0'] },
    ]
    expect(line({ log })).toBe('Decided twice: kept by Ana, dropped by Jonas. It stays open.')
  })
})

describe('considering', () => {
  test('what rests on nothing is asked about', () => {
    expect(line({ restsOn: { for: 0, against: 0 } })).toBe('Which essay or example is this from?')
  })

  test('the reach in words, else when it proceeds; of a parked one, when and why', () => {
    expect(line({ facts: { blast_radius: 'Whoever is on call' } })).toBe('Whoever is on call.')
    expect(line({ facts: { proceed_if: 'it is quiet' } })).toBe('Proceed if it is quiet.')
    const log = [opened, { type: 'parked', at: '2026-11-20', text: 'Too much at once.' }]
    expect(line({ log })).toBe('Parked 20 November: “Too much at once.”')
  })
})
