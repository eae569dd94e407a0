import { expect, test } from 'vitest'
import { noteId } from '../../../../core/base/ids.ts'
import { linkChoices, type TitleHit } from './link-choices.ts'

const hit = (title: string, more: Partial<TitleHit> = {}): TitleHit => ({
  id: noteId(`id-of-${title}`),
  title,
  path: `Notes/${title}.md`,
  kind: 'note',
  alias: null,
  updated: 0,
  ...more,
})
const targets = (query: string, hits: readonly TitleHit[], words: string | null = null) =>
  linkChoices(query, hits, words).map((choice) =>
    choice.is === 'address' ? choice.url : `${choice.is} ${choice.target}`,
  )

test('notes first, then writing one of that name', () => {
  expect(targets('inv', [hit('Invitation')])).toEqual(['note Invitation', 'write inv'])
})

test('a note of just that name is not written again, whatever its case', () => {
  expect(targets('invitation', [hit('Invitation')])).toEqual(['note Invitation'])
  expect(targets('the invite', [hit('Invitation', { alias: 'The invite' })])).toEqual(['note Invitation|The invite'])
})

test('heading and words that were typed stay', () => {
  expect(targets('Inv#Start|so', [hit('Invitation')])).toEqual(['note Invitation#Start|so', 'write Inv#Start|so'])
})

test('a title that two notes share is linked by its path', () => {
  const two = [hit('Standup', { path: 'Work/Standup.md' }), hit('Standup', { path: 'Reading/Standup.md' })]
  expect(targets('Standup', two)).toEqual(
    ['note Work/Standup|Standup', 'note Reading/Standup|Standup'].map((t) => t.replace('|Standup', '')),
  )
})

test('a selection keeps its words', () => {
  expect(targets('blast', [hit('Blast radius')], 'blast')).toEqual(['note Blast radius|blast', 'write blast'])
})

test('an empty query writes nothing', () => {
  expect(targets('', [hit('Invitation')])).toEqual(['note Invitation'])
})
