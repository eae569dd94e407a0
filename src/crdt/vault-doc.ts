import type * as Y from 'yjs'
import type { FolderId, NoteId } from '../core/base/ids.ts'
import { type Mapping, parseMapping } from '../core/import/mapping.ts'
import type { Folder } from '../core/note/note.ts'
import type { RelationWord } from '../core/relation/words.ts'
import { jsonOf, sameJson } from './json.ts'

/**
 * The doc of a vault: its name, folders, relation words and purged ids; nothing per note (a catalog of
 * 100k notes in one doc costs seconds, facts/storage.md). Every value is plain, so that two peers who
 * change different folders never meet. Rules V1 to V5 in SPEC.md.
 */
export type VaultState = {
  readonly name: string
  /** As stored, by id; `folderTree` is what to show. */
  readonly folders: readonly Folder[]
  /** Words beside those that every vault has (core/relation). */
  readonly words: readonly RelationWord[]
  /** How often each id was purged: an import makes the next id from it (MARKDOWN.md, M9). */
  readonly purged: ReadonlyMap<NoteId, number>
}

/** What imports read as kinds and relations; never throws. */
export const readMapping = (doc: Y.Doc): Mapping => parseMapping(doc.getMap('import').get('mapping'))

/** One value: rules have an order, so two peers who change them meet, and the later one stands. */
export function setMapping(doc: Y.Doc, mapping: Mapping, origin: unknown): void {
  const value = { kinds: mapping.kinds.map((rule) => ({ ...rule })), words: { ...mapping.words } }
  doc.transact(() => doc.getMap('import').set('mapping', value), origin)
}

const vaultOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('vault')
const foldersOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('folders')
const wordsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('words')
const purgedOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap('purged')

/** Never throws; entries that are not of their shape are left out. */
export function readVault(doc: Y.Doc): VaultState {
  const name = vaultOf(doc).get('name')
  const purged = new Map<NoteId, number>()
  for (const [id, count] of sorted(purgedOf(doc))) {
    if (typeof count === 'number' && count > 0) purged.set(id as NoteId, Math.floor(count))
  }
  return { name: typeof name === 'string' ? name : '', folders: readFolders(doc), words: readWords(doc), purged }
}

/** Words beside those that every vault has, by word. A reading that nobody gave is the word itself. */
export function readWords(doc: Y.Doc): RelationWord[] {
  const words: RelationWord[] = []
  for (const [word, value] of sorted(wordsOf(doc))) {
    const text = (key: string, otherwise: string): string => {
      const given = field(value, key)
      return typeof given === 'string' && given !== '' ? given : otherwise
    }
    const inverse = text('inverse', '')
    const [reading, inverseReading] = [text('reading', spaced(word)), text('inverseReading', spaced(inverse))]
    words.push({ word, inverse, reading, inverseReading })
  }
  return words
}

const spaced = (word: string): string => word.replaceAll('_', ' ')

export function readFolders(doc: Y.Doc): Folder[] {
  const folders: Folder[] = []
  for (const [id, value] of sorted(foldersOf(doc))) {
    const name = field(value, 'name')
    const parentId = field(value, 'parentId')
    if (typeof name !== 'string') continue
    folders.push({
      id: id as FolderId,
      parentId: typeof parentId === 'string' && parentId !== '' ? (parentId as FolderId) : null,
      name,
    })
  }
  return folders
}

export function setVaultName(doc: Y.Doc, name: string, origin: unknown): void {
  if (vaultOf(doc).get('name') !== name) doc.transact(() => vaultOf(doc).set('name', name), origin)
}

/** Adds or replaces; writes nothing where the folder is so already. */
export function putFolder(doc: Y.Doc, folder: Folder, origin: unknown): void {
  const value = { name: folder.name, parentId: folder.parentId }
  if (sameJson(jsonOf(foldersOf(doc).get(folder.id)), value)) return
  doc.transact(() => foldersOf(doc).set(folder.id, value), origin)
}

/** What lies in it moves to the top by rule V2; callers ask for an empty folder first. */
export function removeFolder(doc: Y.Doc, id: FolderId, origin: unknown): void {
  if (foldersOf(doc).has(id)) doc.transact(() => foldersOf(doc).delete(id), origin)
}

export function putWord(doc: Y.Doc, word: RelationWord, origin: unknown): void {
  const { inverse, reading, inverseReading } = word
  const value = { inverse, reading, inverseReading }
  if (sameJson(jsonOf(wordsOf(doc).get(word.word)), value)) return
  doc.transact(() => wordsOf(doc).set(word.word, value), origin)
}

export function removeWord(doc: Y.Doc, word: string, origin: unknown): void {
  if (wordsOf(doc).has(word)) doc.transact(() => wordsOf(doc).delete(word), origin)
}

export function markPurged(doc: Y.Doc, id: NoteId, origin: unknown): void {
  doc.transact(() => purgedOf(doc).set(id, (readVault(doc).purged.get(id) ?? 0) + 1), origin)
}

const sorted = (map: Y.Map<unknown>): [string, unknown][] =>
  [...map.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

const field = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined
