import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
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

const filesShape = z.object({
  files: z.record(z.string(), z.array(z.object({ path: z.string(), notes: z.array(z.string()) }))),
})

/** Of `.throughline/files.json`: which notes mean an attachment by a path that another one has, by its own path. */
export async function readStandIns(root: string): Promise<ReadonlyMap<string, { path: string; notes: string[] }[]>> {
  try {
    const file = path.join(root, OWN_FOLDER, 'files.json')
    if (!(await lstat(file)).isFile()) return new Map()
    return new Map(Object.entries(filesShape.parse(JSON.parse(await readFile(file, 'utf8'))).files))
  } catch {
    return new Map() // Then those notes mean the file at the path that they name.
  }
}
