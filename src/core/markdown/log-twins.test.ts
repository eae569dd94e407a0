import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { composeLog } from './log-compose.ts'
import { readLogSection } from './log-read.ts'
import { findLog, withoutLog } from './log-section.ts'
import { parseMarkdown } from './parse.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')

it('G9 G12 of two items that say the same, one that is withdrawn leaves the other its id', () => {
  const source = parseMarkdown('Text\n\n## Log\n\n- 2026-01-01, saw: Rain.\n- 2026-01-01, saw: Rain.\n').blocks
  const section = findLog(source, true)
  if (!section) throw new Error('no log')
  const log = readLogSection(section, [], [], hash).added.map((entry, at) =>
    at === 0 ? { ...entry, text: '' } : entry,
  )
  const tree = withoutLog(source, section)
  const composed = composeLog({ tree, log, source, saysCommitment: true, saidCommitment: true, hash })
  expect(composed.same).toBe(true)
  const again = readLogSection(findLog(composed.blocks, true), [], [], hash).added
  expect(again.map(({ id, text }) => [id, text])).toEqual(log.map(({ id, text }) => [id, text]))
})
