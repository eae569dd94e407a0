import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { folderId, noteId } from '../core/base/ids.ts'
import { fileKey } from '../core/note/file-name.ts'
import { FileNames, wantedName } from './paths.ts'

type Named = Parameters<FileNames['put']>[0]
const named = (id: string, title: string, more: Partial<Named> = {}): Named => ({
  id: noteId(id),
  title,
  file: '',
  created: '',
  folderId: null,
  state: 'live',
  ...more,
})

describe('S12: one path for every note', () => {
  it('keeps an imported name exactly and makes a safe one else', () => {
    expect(wantedName(named('a', 'x', { file: 'Odd  name?.markdown' }))).toBe('Odd  name?.markdown')
    expect(wantedName(named('a', 'Why? Because'))).toBe('Why- Because.md')
    expect(wantedName(named('a', 'x', { file: '../../etc/passwd' }))).toBe('x.md')
  })

  it('gives the name to the imported, then the older, then the smaller id, and never to two', () => {
    const names = new FileNames()
    const notes = [
      named('c', 'Same', { created: '2026-01-02' }),
      named('b', 'same', { created: '2026-01-01' }),
      named('d', 'Same', { file: 'SAME.md' }),
      named('e', 'Same 2', { created: '2026-09-09' }),
      named('f', 'Same', { state: 'trashed', created: '2020' }),
    ]
    for (const note of notes) names.put(note)
    expect(notes.map((note) => names.name(note))).toEqual([
      'Same 4.md',
      'same 3.md',
      'SAME.md',
      'Same 2.md',
      'Same 5.md',
    ])
  })

  it('M6: keeps imported names that differ in case only, and makes none like them', () => {
    const names = new FileNames()
    const notes = [
      named('a', 'Agora', { file: 'Agora.md' }),
      named('b', 'agora', { file: 'agora.md' }),
      named('c', 'AGORA'),
      named('d', 'agora', { file: 'agora.md' }),
    ]
    for (const note of notes) names.put(note)
    expect(notes.map((note) => names.name(note))).toEqual(['Agora.md', 'agora.md', 'AGORA 3.md', 'agora 2.md'])
  })

  it('gives a name that became free to who waited for it', () => {
    const names = new FileNames()
    names.put(named('a', 'X'))
    names.put(named('b', 'X'))
    expect(names.name(named('b', 'X'))).toBe('X 2.md')
    names.remove(named('a', 'X'))
    expect(names.name(named('b', 'X'))).toBe('X.md')
  })

  it('depends on the notes only, not on the order in which they came and went', () => {
    const note = fc.record({
      id: fc.integer({ min: 0, max: 12 }),
      title: fc.constantFrom('A', 'a', 'A 2', 'B', 'á', 'a\u0301'),
      file: fc.constantFrom('', '', 'A.md', 'a.md', 'a.markdown'),
      created: fc.constantFrom('', '2026-01-01', '2026-02-02'),
      folder: fc.constantFrom(null, 'folder-one'),
      state: fc.constantFrom('live' as const, 'trashed' as const),
      gone: fc.boolean(),
    })
    const property = fc.property(fc.array(note, { maxLength: 30 }), (steps) => {
      const names = new FileNames()
      const live = new Map<string, Named>()
      for (const step of steps) {
        const id = `note-${step.id}`
        const former = live.get(id)
        if (former) names.remove(former)
        live.delete(id)
        if (step.gone) continue
        const folder = step.folder === null ? null : folderId(step.folder)
        const { title, file, created, state } = step
        const next = named(id, title, { file, created, state, folderId: folder })
        live.set(id, next)
        names.put(next)
      }
      const fresh = new FileNames()
      for (const value of [...live.values()].reverse()) fresh.put(value)
      const all = [...live.values()].map((value) => `${value.folderId}/${names.name(value)}`)
      expect(all).toEqual([...live.values()].map((value) => `${value.folderId}/${fresh.name(value)}`))
      expect(new Set(all).size).toBe(all.length)
      const made = [...live.values()].filter(({ file, state }) => file === '' || state !== 'live')
      const keys = all.map(fileKey)
      for (const note of made) {
        expect(keys.filter((key) => key === fileKey(`${note.folderId}/${names.name(note)}`))).toHaveLength(1)
      }
    })
    void fc.assert(property, { numRuns: 300 })
  })
})
