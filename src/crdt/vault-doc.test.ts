import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type FolderId, folderId, noteId } from '../core/base/ids.ts'
import type { Folder } from '../core/note/note.ts'
import { folderPath, folderPaths, folderTree } from './folder-tree.ts'
import { LOCAL } from './origins.ts'
import { markPurged, putFolder, putWord, readVault, removeFolder, removeWord, setVaultName } from './vault-doc.ts'

const folder = (id: string, name: string, parentId: string | null = null): Folder => ({
  id: folderId(id),
  name,
  parentId: parentId === null ? null : folderId(parentId),
})

const forest = fc
  .array(fc.record({ parent: fc.option(fc.nat(9)), name: fc.constantFrom('a', 'A', 'b', 'b 2', '', '..', 'x/y') }), {
    maxLength: 8,
  })
  .map((list) =>
    list.map(({ parent, name }, index) => folder(`folder-${index}`, name, parent === null ? null : `folder-${parent}`)),
  )

describe('vault doc', () => {
  it('V1: reads what was written, and writes nothing twice', () => {
    const doc = new Y.Doc()
    setVaultName(doc, 'Mine', LOCAL)
    putFolder(doc, folder('folder-b', 'B', 'folder-a'), LOCAL)
    putFolder(doc, folder('folder-a', 'A'), LOCAL)
    putWord(doc, { word: 'rests_on', inverse: 'carries', reading: 'Rests on', inverseReading: 'Carries' }, LOCAL)
    markPurged(doc, noteId('note-aaaa'), LOCAL)
    markPurged(doc, noteId('note-aaaa'), LOCAL)
    const state = readVault(doc)
    expect(state).toEqual({
      name: 'Mine',
      folders: [folder('folder-a', 'A'), folder('folder-b', 'B', 'folder-a')],
      words: [{ word: 'rests_on', inverse: 'carries', reading: 'Rests on', inverseReading: 'Carries' }],
      purged: new Map([['note-aaaa', 2]]),
    })
    let writes = 0
    doc.on('update', () => writes++)
    setVaultName(doc, 'Mine', LOCAL)
    putFolder(doc, folder('folder-b', 'B', 'folder-a'), LOCAL)
    putWord(doc, { word: 'rests_on', inverse: 'carries', reading: 'Rests on', inverseReading: 'Carries' }, LOCAL)
    removeFolder(doc, folderId('folder-z'), LOCAL)
    removeWord(doc, 'none', LOCAL)
    expect(writes).toBe(0)
    removeFolder(doc, folderId('folder-b'), LOCAL)
    removeWord(doc, 'rests_on', LOCAL)
    expect(readVault(doc)).toMatchObject({ folders: [folder('folder-a', 'A')], words: [] })
  })

  it('V1: entries of another shape are left out', () => {
    const doc = new Y.Doc()
    const folders = doc.getMap('folders')
    for (const [index, bad] of [null, 1, 'x', [], {}, { name: 1 }, new Y.Map(), new Uint8Array()].entries()) {
      folders.set(`folder-${index}`, bad)
    }
    folders.set('folder-good', { name: 'G', parentId: 7 })
    doc.getMap('words').set('w', 1)
    doc.getMap('purged').set('note-aaaa', 'x')
    doc.getMap('vault').set('name', [1])
    expect(readVault(doc)).toEqual({
      name: '',
      folders: [folder('folder-good', 'G')],
      words: [{ word: 'w', inverse: '', reading: 'w', inverseReading: '' }],
      purged: new Map(),
    })
  })
})

describe('folder tree', () => {
  it('V2: a folder whose parent is missing hangs at the top', () => {
    expect(folderTree([folder('folder-a', 'A', 'folder-z')])).toEqual([folder('folder-a', 'A')])
  })

  it('V3: of a circle the smallest id hangs at the top, and the rest below it', () => {
    const tree = folderTree([
      folder('folder-c', 'C', 'folder-b'),
      folder('folder-b', 'B', 'folder-d'),
      folder('folder-d', 'D', 'folder-c'),
      folder('folder-a', 'A', 'folder-d'),
      folder('folder-s', 'S', 'folder-s'),
    ])
    expect(tree).toEqual([
      folder('folder-a', 'A', 'folder-d'),
      folder('folder-b', 'B'),
      folder('folder-c', 'C', 'folder-b'),
      folder('folder-d', 'D', 'folder-c'),
      folder('folder-s', 'S'),
    ])
  })

  it('V2, V3: whatever a merge leaves, every folder is below the top once, on every peer alike', () => {
    fc.assert(
      fc.property(forest, fc.nat(), (folders, turn) => {
        const tree = folderTree(folders)
        const shifted = [...folders.slice(turn % 8), ...folders.slice(0, turn % 8)]
        expect(folderTree(shifted.reverse())).toEqual(tree)
        expect(folderTree(tree)).toEqual(tree)
        const parents = new Map(tree.map((each) => [each.id, each.parentId]))
        for (const each of tree) {
          let at: FolderId | null = each.id
          for (let steps = 0; at !== null; steps++) {
            expect(steps).toBeLessThanOrEqual(tree.length)
            at = parents.get(at) ?? null
          }
        }
      }),
    )
  })

  it('V4, V5: every folder has a path of its own, and none leads out', () => {
    fc.assert(
      fc.property(forest, (folders) => {
        const tree = folderTree(folders)
        const paths = folderPaths(tree)
        expect(paths.size).toBe(tree.length)
        expect(new Set(paths.values()).size).toBe(tree.length)
        for (const each of tree) {
          const path = paths.get(each.id) as string
          const above = each.parentId === null ? '' : `${paths.get(each.parentId)}/`
          expect(path.startsWith(above)).toBe(true)
          expect(path.slice(above.length)).not.toMatch(/[/\\]|^\.{0,2}$/)
        }
      }),
    )
  })

  it('V4: the smallest id keeps the name', () => {
    const tree = folderTree([
      folder('folder-c', 'Essays'),
      folder('folder-a', 'Essays'),
      folder('folder-d', 'essays'),
      folder('folder-b', 'Essays 2'),
    ])
    expect([...folderPaths(tree)]).toEqual([
      ['folder-a', 'Essays'],
      ['folder-b', 'Essays 2'],
      ['folder-d', 'essays'],
      ['folder-c', 'Essays 3'],
    ])
    expect(folderPath(tree, null)).toBe('')
    expect(folderPath(tree, folderId('folder-c'))).toBe('Essays 3')
    expect(folderPath(tree, folderId('folder-z'))).toBe('')
  })
})
