import { expect, test } from 'vitest'
import { type FolderId, folderId, noteId } from '../../../core/base/ids.ts'
import type { NoteRow } from '../../../core/note/note.ts'
import { folderRows } from './folder-rows.ts'

const folder = (id: string, name: string, parentId: string | null = null) => ({
  id: folderId(id),
  name,
  parentId: parentId === null ? null : folderId(parentId),
  notes: 2,
})
const note = (id: string, title: string): NoteRow => ({
  id: noteId(id),
  title,
  kind: 'note',
  folderId: null,
  path: `${title}.md`,
  created: '',
  updated: 0,
  trashed: false,
})

test('folders stand before notes, by name and number, and only open ones show what is in them', () => {
  const rows = folderRows({
    folders: [folder('f-10', 'Week 10'), folder('f-2', 'week 2'), folder('f-inner', 'Inner', 'f-2')],
    notes: new Map<FolderId | null, NoteRow[]>([
      [null, [note('n-top', 'Top')]],
      [folderId('f-2'), [note('n-in', 'Inside')]],
    ]),
    expanded: new Set(['f-2']),
  })
  expect(rows.map(({ text, level, position, siblings }) => [text, level, position, siblings])).toEqual([
    ['week 2', 1, 1, 3],
    ['Inner', 2, 1, 2],
    ['Inside', 2, 2, 2],
    ['Week 10', 1, 2, 3],
    ['Top', 1, 3, 3],
  ])
  expect(rows[1]?.parent).toBe('folder:f-2')
})

test('a folder whose parent is unknown stands at the top', () => {
  const rows = folderRows({ folders: [folder('f-lost', 'Lost', 'f-gone')], notes: new Map(), expanded: new Set() })
  expect(rows.map(({ level }) => level)).toEqual([1])
})

test('a commitment is named with what became of it, once that is known', () => {
  const notes = new Map<FolderId | null, NoteRow[]>([
    [null, [{ ...note('n-trial', 'A trial'), kind: 'commitment' }, note('n-top', 'Top')]],
  ])
  const names = (statuses?: ReadonlyMap<string, 'in progress'>) =>
    folderRows({ folders: [], notes, expanded: new Set(), statuses }).map(({ name }) => name)
  expect(names()).toEqual(['A trial, commitment', 'Top, note'])
  expect(names(new Map([['n-trial', 'in progress']]))).toEqual(['A trial, commitment, in progress', 'Top, note'])
})
