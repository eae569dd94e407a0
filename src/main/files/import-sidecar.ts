import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Mapping, NO_MAPPING, parseMapping } from '../../core/import/mapping.ts'
import { isKind, type Kind } from '../../core/note/note.ts'
import { OWN_FOLDER } from './receipt.ts'

/** Of `.throughline/import.json`: what the vault read as kinds and relations, and kinds that files do not say, by path. */
export type ImportSidecar = { readonly mapping: Mapping; readonly kinds: ReadonlyMap<string, Kind> }

/** Anybody may have written it: what is not of its shape is left out. */
export async function readImportSidecar(root: string): Promise<ImportSidecar> {
  try {
    const file = path.join(root, OWN_FOLDER, 'import.json')
    if (!(await lstat(file)).isFile()) return { mapping: NO_MAPPING, kinds: new Map() }
    const { mapping, kinds } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
    const list = typeof kinds === 'object' && kinds !== null ? Object.entries(kinds) : []
    return {
      mapping: parseMapping(mapping),
      kinds: new Map(list.flatMap(([at, kind]): [string, Kind][] => (isKind(kind) ? [[at, kind]] : []))),
    }
  } catch {
    return { mapping: NO_MAPPING, kinds: new Map() } // Without it notes are notes: no words are lost.
  }
}

export const isEmptyMapping = ({ kinds, words }: Mapping): boolean =>
  kinds.length === 0 && Object.keys(words).length === 0
