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
    return note
  }

  move(id: string, path: string): void {
    const note = this.notes.get(id)
    if (note) note.path = this.#free(path, id)
  }

  restore(id: string): void {
    const note = this.notes.get(id)
    if (!note?.trashed) return
    note.trashed = false
    note.path = this.#free(note.path, id)
  }

  #free(wanted: string, id: string): string {
    const taken = new Set(this.living().flatMap((note) => (note.id === id ? [] : [note.path.toLowerCase()])))
    let path = wanted
    for (let n = 2; taken.has(path.toLowerCase()); n++) path = wanted.replace(/\.md$/, ` ${n}.md`)
    return path
  }

  #call(name: string, input: never): unknown {
    const handlers: Record<string, (input: never) => unknown> = {
      exportPlan: () => ({
        notes: this.living().map(({ id, path, rows }) => ({ id, path, docHash: hash(textOf(rows)), updated: 0 })),
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
      trashNote: ({ id }: { id: string }) => {
        const note = this.notes.get(id)
        if (note) note.trashed = true
      },
      restoreNote: ({ id }: { id: string }) => this.restore(id),
      trash: () => [...this.notes.values()].filter(({ trashed }) => trashed),
      folders: () => [],
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
