import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LogEntry } from '../commitment/entry.ts'
import { headsOf, orderLog } from '../commitment/order.ts'
import { composeLog } from './log-compose.ts'
import { entryText, itemOf, readItem, saysEntry } from './log-item.ts'
import { type LogReading, readItems, readLogSection } from './log-read.ts'
import { findLog, withoutLog } from './log-section.ts'
import { normalizeTree, treesEqual } from './normalize.ts'
import { parseMarkdown } from './parse.ts'
import { printNote } from './print.ts'
import { randomTree } from './random-tree.test-data.ts'
import type { Tree } from './tree.ts'

/** FNV over the code units, as often as it takes: as good as any here. */
const hash = (text: string): string => {
  let out = ''
  for (let round = 0; round < 3; round++) {
    let sum = 0x811c9dc5 + round
    for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193)
    out += (sum >>> 0).toString(16).padStart(8, '0')
  }
  return out
}

const entry = (id: string, fields: Partial<LogEntry> = {}): LogEntry => ({
  id,
  type: 'saw',
  at: '2026-03-03',
  author: '',
  device: '',
  text: '',
  sees: [],
  details: {},
  ...fields,
})

/** A file in: its text, and its log as the entries of a note that was not there before. */
function read(source: string, says = true, known: readonly LogEntry[] = [], completed: readonly LogEntry[] = []) {
  const blocks = parseMarkdown(source).blocks
  const section = findLog(blocks, says)
  const reading: LogReading = readLogSection(section, known, completed, hash)
  return { tree: withoutLog(blocks, section), log: [...known, ...reading.added], ...reading }
}

function write(tree: Tree, log: readonly LogEntry[], source: string | null = null, says = true) {
  const former = source === null ? null : parseMarkdown(source).blocks
  const composed = composeLog({ tree, log, source: former, saysCommitment: says, saidCommitment: says, hash })
  const printed = { frontmatter: '', blocks: composed.blocks, ...(source === null ? {} : { source }) }
  return { text: printNote(printed), same: composed.same }
}

const LOG = `We try it.

## Log

- 2026-10-23, opened, Mara: Two teams, six weeks. ^log-2026-10-23
- 2026-10-29, saw, Jonas: Seven hours, [[Table one|no rollback]]. ^log-2026-10-29
`

const someText = fc
  .array(
    fc.constantFrom(
      '- ',
      '#',
      '> ',
      '**a**',
      '*',
      '[x]',
      '^b',
      'a',
      ': ',
      'b c',
      '[[N]]',
      '\n',
      '|',
      '`c`',
      '$',
      '1. ',
      '%%',
      '<b>',
      '\\',
      '~~',
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

const randomLog = fc
  .array(
    fc.record({
      type: fc.constantFrom('opened', 'saw', 'review', 'kept'),
      at: fc.constantFrom('', '2026-01-01', '2027-01-01T10:00:00+02:00'),
      author: fc.constantFrom('', 'Mara', 'Ana B. Cé', 'a: b', '*x*'),
      text: someText,
      known: fc.nat({ max: 5 }),
    }),
    { maxLength: 5 },
  )
  .map((list) => {
    const log: LogEntry[] = []
    for (const [at, { text, known, ...fields }] of list.entries()) {
      const sees = headsOf(log.slice(0, known))
      log.push(entry(`log-${at}${'bacd'[at % 4]}`, { ...fields, text: entryText(text), sees }))
    }
    return orderLog(log)
  })

describe('items', () => {
  it('G8 reads what the starter vault writes', () => {
    const { log, tree } = read(LOG)
    expect(log.map(({ at, type, author, text, id }) => [at, type, author, text, id])).toEqual([
      ['2026-10-23', 'opened', 'Mara', 'Two teams, six weeks.', 'log-2026-10-23'],
      ['2026-10-29', 'saw', 'Jonas', 'Seven hours, [[Table one|no rollback]].', 'log-2026-10-29'],
    ])
    expect(log[1]?.sees).toEqual(['log-2026-10-23'])
    expect(tree).toEqual(parseMarkdown('We try it.\n').blocks)
  })

  it('G8 an item is its entry again', () => {
    fc.assert(
      fc.property(randomLog, (log) => {
        for (const each of log) {
          const again = readItem(itemOf(each))
          expect(again.id).toBe(each.id)
          expect(saysEntry(again, each)).toBe(true)
          expect(again.text).toBe(each.text)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('G8 the normal form of a text is its own normal form', () => {
    fc.assert(
      fc.property(someText, (text) => {
        expect(entryText(entryText(text))).toBe(entryText(text))
      }),
      { numRuns: 500 },
    )
  })
})

describe('a log in Markdown', () => {
  it('G7 is a list under the last heading Log, with marks of entries or in a commitment with dates', () => {
    const found = (source: string, says: boolean) => findLog(parseMarkdown(source).blocks, says) !== null
    expect(found(LOG, false)).toBe(true)
    expect(found('## Log\n\n- 2026-01-01 began\n', true)).toBe(true)
    expect(found('## Log\n\n- 2026-01-01 began\n', false)).toBe(false)
    expect(found('## Log\n\n- 2026-01-01 began\n- firewood\n', true)).toBe(false)
    expect(found('# Log\n\n- 2026-01-01 began ^log-1\n', true)).toBe(false)
    expect(found('## Log\n\n1. 2026-01-01 began ^log-1\n', true)).toBe(false)
  })

  it('G12, M3, M4: any text with any log, printed and read, is the same text and log', () => {
    fc.assert(
      fc.property(randomTree, randomLog, fc.boolean(), (tree, log, says) => {
        const { text, same } = write(tree, log, null, says)
        if (!same) return
        const again = read(text, says, [], log)
        expect(orderLog(again.log)).toEqual(log)
        expect(treesEqual(again.tree, tree)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('G12 says so where a text swallows its log, and else never', () => {
    fc.assert(
      fc.property(randomTree, randomLog, (tree, log) => {
        const { same } = write(tree, log)
        // A tag that never ends at the top takes everything there is.
        if (!same) expect(JSON.stringify(normalizeTree(tree))).toMatch(/<|\[|\$|%|`|---|"list"/)
      }),
      { numRuns: 200 },
    )
  })

  it('M1: a log that nobody touched keeps its bytes, wherever it stands and however it was written', () => {
    for (const source of [
      LOG,
      LOG.replaceAll('\n', '\r\n'),
      '## Log\n* 2026-01-01: __began__\n\n\n* 2026-01-02 went on\n  with two lines\n    - and more\n\n# After\n\ntext\n',
      'Text\n\n## Log\n- 2026-02-02, saw: newest ^log-b\n- 2026-01-01, opened: oldest ^log-a\n\nAfter\n',
      '## Log\n\n- 2026-01-01, saw: one ^log-a\n- 2026-01-01, saw: one ^log-a\n- 2026-01-01, saw: other ^log-a\n',
      '## Log\n\n- 2026-01-01, saw: one\n\n  another paragraph ^log-a\n- 2026-01-02, saw: two ^log-b\n',
      'Text\n\n## Log\n',
      '## Log\n\n- 2026-01-01, saw: text\n\n## Log\n',
    ]) {
      const { tree, log } = read(source)
      expect(findLog(tree, true) === null || log.length === 0).toBe(true)
      expect(write(tree, log, source)).toEqual({ text: source, same: true })
    }
  })

  it('M2: an entry that is appended adds its line and changes no other', () => {
    for (const source of [LOG, `${LOG}\n## After\n\n- text\n`]) {
      const { tree, log } = read(source)
      const next = entry('log-new', { type: 'review', at: '2026-11-01', text: 'Proceed.', sees: headsOf(log) })
      const text = write(tree, [...log, next], source).text
      expect(text).toBe(
        source.replace('^log-2026-10-29\n', '^log-2026-10-29\n- 2026-11-01, review: Proceed. ^log-new\n'),
      )
    }
  })

  it('G12 a log with its newest on top grows on top', () => {
    const source = '## Log\n\n- 2026-02-02, saw: newest ^log-b\n- 2026-01-01, opened: oldest ^log-a\n'
    const { tree, log } = read(source)
    expect(log.map(({ id }) => id)).toEqual(['log-a', 'log-b'])
    const next = entry('log-c', { at: '2026-03-03', text: 'third', sees: ['log-b'] })
    expect(write(tree, [...log, next], source).text).toBe(
      source.replace('- 2026-02', '- 2026-03-03, saw: third ^log-c\n- 2026-02'),
    )
  })

  it('G9: a new item becomes an entry that saw those before it, once and the same everywhere', () => {
    const { log } = read(LOG)
    const edited = `${LOG}- 2026-11-01, kept: Done.\n`
    const [added, ...more] = read(edited, true, log).added
    expect(more).toEqual([])
    expect(added).toMatchObject({ type: 'kept', text: 'Done.', sees: ['log-2026-10-29'] })
    expect(added?.id).toMatch(/^log-[0-9a-f]{16}$/)
    expect(read(edited, true, log).added).toEqual([added])
    expect(read(edited, true, [...log, ...(added ? [added] : [])]).added).toEqual([])
  })

  it('G10: altered and missing items change nothing, and are set right', () => {
    const { log, tree } = read(LOG)
    const altered = LOG.replace('Seven hours', 'Two hours')
    expect(read(altered, true, log)).toMatchObject({ added: [], altered: 1, missing: 0 })
    expect(write(tree, log, altered).text).toBe(LOG)
    const missing = LOG.replace(/- 2026-10-29.*\n/, '')
    expect(read(missing, true, log)).toMatchObject({ added: [], altered: 0, missing: 1 })
    expect(write(tree, log, missing).text).toBe(LOG)
    expect(read('We try it.\n', true, log)).toMatchObject({ added: [], missing: 2 })
  })

  it('G11: what an item cannot say completes the item that says the rest', () => {
    const full = entry('log-2026-10-29', {
      at: '2026-10-29T09:30:00+01:00',
      author: 'Jonas',
      device: 'desk',
      text: 'Seven hours, [[Table one|no rollback]].',
      sees: ['log-else'],
      details: { was: 3 },
    })
    expect(read(LOG, true, [], [full]).log[1]).toEqual(full)
    expect(read(LOG.replace('Seven', 'Two'), true, [], [full]).log[1]).toMatchObject({
      device: '',
      sees: ['log-2026-10-23'],
    })
  })

  it('G9 equal items without ids are several entries', () => {
    const section = findLog(parseMarkdown('## Log\n\n- 2026-01-01 rain\n- 2026-01-01 rain\n').blocks, true)
    const ids = section ? readItems(section, hash).map(({ id }) => id) : []
    expect(new Set(ids).size).toBe(2)
  })
})
