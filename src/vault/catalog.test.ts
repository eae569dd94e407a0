import { describe, expect, it } from 'vitest'
import { folderId, noteId } from '../core/base/ids.ts'
import type { NoteHead } from '../crdt/store.ts'
import { Catalog } from './catalog.ts'

const head = (id: string, title: string, more: Partial<NoteHead> = {}): NoteHead => ({
  id: noteId(`note-${id}-xxxx`),
  title,
  shownTitle: title,
  kind: 'note',
  folderId: null,
  file: '',
  created: '',
  aliases: [],
  formerTitles: [],
  tags: [],
  docHash: 'hash',
  indexedHash: '',
  exportHash: '',
  state: 'live',
  dirty: false,
  updated: 1,
  importPath: '',
  sourceHash: '',
  ...more,
})
const one = folderId('folder-one')
const two = folderId('folder-two')
const catalogOf = (...heads: NoteHead[]) => {
  const catalog = new Catalog()
  catalog.setFolders([
    { id: one, parentId: null, name: 'One' },
    { id: two, parentId: one, name: 'Two' },
  ])
  for (const each of heads) catalog.put(each)
  return catalog
}
const paths = (catalog: Catalog, name: string, from?: string) => catalog.resolve(name, from).map(({ path }) => path)

describe('S11: the catalog', () => {
  it('finds by id, path, title and alias', () => {
    const catalog = catalogOf(
      head('a', 'Alpha', { folderId: two, aliases: ['First'] }),
      head('b', 'Beta', { folderId: one, formerTitles: ['Alpha'] }),
    )
    const found = (name: string) => catalog.find(name).map(({ title }) => title)
    expect(found('note-a-xxxx')).toEqual(['Alpha'])
    expect(found('One/Two/Alpha.md')).toEqual(['Alpha'])
    expect(found('one/two/alpha')).toEqual(['Alpha'])
    expect(found('ALPHA')).toEqual(['Alpha'])
    expect(found('first')).toEqual(['Alpha'])
    expect(found('nothing')).toEqual([])
  })

  it('resolves to the nearest, and to several where they are equally near', () => {
    const catalog = catalogOf(head('a', 'Same', { folderId: one }), head('b', 'Same', { folderId: two }))
    expect(paths(catalog, 'Same', 'One/Two')).toEqual(['One/Two/Same.md'])
    expect(paths(catalog, 'Two/Same')).toEqual(['One/Two/Same.md'])
    catalog.put(head('c', 'Same', { folderId: one }))
    expect(paths(catalog, 'Same', 'One')).toEqual(['One/Same 2.md', 'One/Same.md'])
    expect(paths(catalog, 'Same 2')).toEqual(['One/Same 2.md'])
  })

  it('follows folders, and tells whose path is another', () => {
    const catalog = catalogOf(head('a', 'Alpha', { folderId: two }), head('b', 'Beta'))
    const moved = catalog.setFolders([
      { id: one, parentId: null, name: 'Uno' },
      { id: two, parentId: one, name: 'Two' },
    ])
    expect(moved).toEqual([noteId('note-a-xxxx')])
    expect(paths(catalog, 'Alpha')).toEqual(['Uno/Two/Alpha.md'])
    expect(catalog.setFolders([])).toEqual([noteId('note-a-xxxx')])
    expect(paths(catalog, 'Alpha')).toEqual(['Alpha.md'])
    expect(catalog.rows({ folderId: null }).map(({ title }) => title)).toEqual(['Alpha', 'Beta'])
  })

  it('tells whose path changed because others came or went', () => {
    const catalog = catalogOf(head('b', 'Same'))
    expect(catalog.takeMoved()).toEqual([])
    catalog.put(head('a', 'Same'))
    expect(catalog.takeMoved()).toEqual([noteId('note-b-xxxx')])
    catalog.put(head('a', 'Other'))
    expect(catalog.takeMoved()).toContain(noteId('note-b-xxxx'))
  })

  it('leaves trashed notes out of names and lists', () => {
    const catalog = catalogOf(head('a', 'Alpha', { state: 'trashed' }), head('b', 'Beta', { kind: 'essay' }))
    expect(paths(catalog, 'Alpha')).toEqual([])
    expect(catalog.rows({}).map(({ title }) => title)).toEqual(['Beta'])
    expect(catalog.rows({ trashed: true }).map(({ title }) => title)).toEqual(['Alpha'])
    expect(catalog.counts()).toMatchObject({ kinds: { essay: 1, note: 0 }, trashed: 1 })
  })
})
