import { createHash } from 'node:crypto'
import { noteId } from '../../core/base/ids.ts'
import { splitPath } from '../../core/note/file-name.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { VaultCalls } from '../files/vault-calls.ts'

export type ModelNote = { id: string; path: string; rows: string[]; source: string[]; trashed: boolean }

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const rowsOf = (bytes: Uint8Array): string[] =>
  new TextDecoder()
    .decode(bytes)
    .split('\n')
    .filter((row) => row !== '')
export const textOf = (rows: readonly string[]): string => rows.map((row) => `${row}\n`).join('')

/** Rows are unique: what a side took away goes, what it added stays. */
function merged(base: readonly string[], here: readonly string[], file: readonly string[]): string[] {
  const removed = new Set(base.filter((row) => !file.includes(row)))
  const kept = here.filter((row) => !removed.has(row))
  return [...kept, ...file.filter((row) => !base.includes(row) && !kept.includes(row))]
}

/** A vault in memory whose notes are lists of rows, with the rules that the real one has for a folder in step. */
export class ModelVault {
  readonly notes = new Map<string, ModelNote>()
  readonly attachments = new Map<string, { path: string; sha256: string; size: number }>()
  readonly named = new Set<string>()
  /** By path. */
  readonly folders = new Set<string>()
  /** How often one came or went. */
  folderEdits = 0
  /** Ends the program before a call, or after it was done and not answered. */
  onCall: (name: string, when: 'before' | 'after') => void = () => {}
  #last = 0

  readonly port: VaultCalls = {
    call: async (name, input) => {
      this.onCall(name, 'before')
      const result = this.#call(name, input as never)
      this.onCall(name, 'after')
      return result as never
    },
  }

  living(): ModelNote[] {
    return [...this.notes.values()].filter(({ trashed }) => !trashed)
  }

  create(path: string, rows: string[], id = `note-made-${String(++this.#last).padStart(5, '0')}`): ModelNote {
    const note = { id, path: this.#free(path, ''), rows, source: [], trashed: false }
    this.notes.set(id, note)
    this.makeFolder(splitPath(note.path)[0])
    return note
  }

  move(id: string, path: string): void {
    const note = this.notes.get(id)
    if (!note) return
    note.path = this.#free(path, id)
    this.makeFolder(splitPath(note.path)[0])
  }

  makeFolder(path: string): void {
    for (let at = path; at !== ''; at = splitPath(at)[0]) {
      if (!this.folders.has(at)) this.folderEdits++
      this.folders.add(at)
    }
  }

  /** Fails where notes or folders are in it. */
  removeFolder(path: string): void {
    const isTaken =
      this.living().some((note) => splitPath(note.path)[0] === path) ||
      [...this.folders].some((each) => splitPath(each)[0] === path)
    if (isTaken) throw new CallError('not-empty', 'The folder still holds notes or folders.')
    this.folders.delete(path)
    this.folderEdits++
  }

  restore(id: string): void {
    const note = this.notes.get(id)
    if (!note?.trashed) return
    note.trashed = false
    // Its folder may be gone: then it stands at the top.
    const [folder, name] = splitPath(note.path)
    note.path = this.#free(folder === '' || this.folders.has(folder) ? note.path : name, id)
  }

  #free(wanted: string, id: string): string {
    const taken = new Set(this.living().flatMap((note) => (note.id === id ? [] : [note.path.toLowerCase()])))
    let path = wanted
    for (let n = 2; taken.has(path.toLowerCase()); n++) path = wanted.replace(/\.md$/, ` ${n}.md`)
    return path
  }

  #call(name: string, input: never): unknown {
    const handlers: Record<string, (input: never) => unknown> = {
      exportPlan: ({ of }: { of?: { ids: string[]; paths: string[] } }) => ({
        notes: this.living()
          .filter(({ id, path }) => !of || of.ids.includes(id) || of.paths.includes(path))
          .map(({ id, path, rows }) => ({ id, path, docHash: hash(textOf(rows)), updated: 0 })),
        attachments: [...this.attachments.values()],
        sidecar: {},
      }),
      exportNotes: ({ ids }: { ids: string[] }) =>
        ids.flatMap((id) => {
          const note = this.notes.get(id)
          return note && !note.trashed
            ? [{ id, path: note.path, bytes: new TextEncoder().encode(textOf(note.rows)), problem: null }]
            : []
        }),
      importFiles: ({ files }: { files: { path: string; bytes: Uint8Array; id?: string; base?: Uint8Array }[] }) =>
        files.map(({ path, bytes, id, base }) => {
          const rows = rowsOf(bytes)
          const known = id === undefined ? undefined : this.notes.get(id)
          if (!known) {
            const made = this.create(path, rows)
            made.source = rows
            return { path, id: noteId(made.id), status: 'created', asText: null }
          }
          known.rows = merged(base ? rowsOf(base) : known.source, known.rows, rows)
          known.source = rows
          return { path, id: noteId(known.id), status: 'updated', asText: null }
        }),
      importEnd: () => ({ links: 0, unresolved: 0 }),
      placeNote: ({ id, path }: { id: string; path: string }) => this.move(id, path),
      placeFolders: ({ paths }: { paths: string[] }) => {
        for (const path of paths) this.makeFolder(path)
      },
      trashNotes: ({ ids }: { ids: string[] }) => {
        for (const id of ids) {
          const note = this.notes.get(id)
          if (note) note.trashed = true
        }
      },
      restoreNotes: ({ ids }: { ids: string[] }) => {
        for (const id of ids) this.restore(id)
      },
      trash: () => [...this.notes.values()].filter(({ trashed }) => trashed),
      folders: () =>
        [...this.folders].map((path) => {
          const [parent, name] = splitPath(path)
          return { id: path, parentId: parent === '' ? null : parent, name, notes: 0 }
        }),
      removeFolder: ({ id }: { id: string }) => this.removeFolder(id),
      attachments: () => [...this.attachments.values()],
      addAttachments: ({ attachments }: { attachments: { path: string; sha256: string; size: number }[] }) => {
        for (const file of attachments) this.attachments.set(file.path, file)
      },
      removeAttachments: ({ attachments }: { attachments: { path: string }[] }) =>
        attachments.filter(({ path }) => !this.named.has(path) && this.attachments.delete(path)),
    }
    const handler = handlers[name]
    if (!handler) throw new CallError('unknown', `${name} is not modelled (${splitPath(name)[1]})`)
    return handler(input)
  }
}
