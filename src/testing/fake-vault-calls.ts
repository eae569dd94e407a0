import { createHash } from 'node:crypto'
import { noteId } from '../core/base/ids.ts'
import type { VaultCalls } from '../main/files/vault-calls.ts'

type StoredNote = { id: string; path: string; bytes: Uint8Array; updated: number }
type StoredFile = { path: string; sha256: string; size: number }

/** A vault in memory, as far as main's import and export need one: a note is its file's bytes. */
export class FakeVault {
  readonly notes = new Map<string, StoredNote>()
  readonly files = new Map<string, StoredFile>()
  sidecar: Record<string, string> = {}
  inUse: { paths: string[]; certain: boolean } = { paths: [], certain: true }
  trash: { id: string; trashedAt: number | null }[] = []
  readonly calls: string[] = []
  /** Called before each call is answered; what it throws is what the caller gets. */
  before: (name: string, nth: number) => void | Promise<void> = () => {}

  readonly port: VaultCalls = {
    call: async (name, input) => {
      this.calls.push(name)
      await this.before(name, this.calls.filter((other) => other === name).length)
      const handler = this.#handlers[name]
      if (!handler) throw new Error(`${name} is not faked`)
      return handler(input as never) as never
    },
  }

  readonly #handlers: Readonly<Record<string, (input: never) => unknown>> = {
    importFiles: ({ files }: { files: { path: string; bytes: Uint8Array; updated: number; id?: string }[] }) =>
      files.map(({ path, bytes, updated, id }) => {
        const old = this.notes.get(path)
        const note = { id: old?.id ?? id ?? `note-${hash(path).slice(0, 16)}`, path, bytes, updated }
        this.notes.set(path, note)
        const isSame = old !== undefined && Buffer.from(old.bytes).equals(bytes)
        const status = old ? (isSame ? 'unchanged' : 'updated') : 'created'
        return { path, id: noteId(note.id), status, asText: bytes.includes(0) ? 'not UTF-8' : null }
      }),
    importEnd: () => ({ links: 3, unresolved: 1 }),
    addAttachments: ({ attachments }: { attachments: StoredFile[] }) => {
      for (const file of attachments) this.files.set(file.path, file)
    },
    importAttachments: ({ attachments }: { attachments: StoredFile[] }) => {
      for (const { path, sha256, size } of attachments) this.files.set(path, { path, sha256, size })
      return []
    },
    attachments: () => [...this.files.values()],
    attachmentsInUse: () => this.inUse,
    removeAttachments: ({ attachments }: { attachments: StoredFile[] }) =>
      attachments.filter(
        ({ path, sha256 }) =>
          this.files.get(path)?.sha256 === sha256 && !this.inUse.paths.includes(path) && this.files.delete(path),
      ),
    trash: () => this.trash,
    purgeNotes: ({ ids }: { ids: string[] }) => {
      this.trash = this.trash.filter(({ id }) => !ids.includes(id))
      return { notes: ids.length, archives: 0, left: [] }
    },
    exportPlan: () => ({
      notes: [...this.notes.values()].map(({ id, path, bytes, updated }) => ({
        id: noteId(id),
        path,
        docHash: hash(bytes),
        updated,
      })),
      attachments: [...this.files.values()],
      sidecar: this.sidecar,
    }),
    exportNotes: ({ ids }: { ids: string[] }) =>
      [...this.notes.values()]
        .filter(({ id }) => ids.includes(id))
        .map(({ id, path, bytes }) => ({ id: noteId(id), path, bytes, problem: null, links: 1, blockIds: 0 })),
  }

  write(path: string, text: string, updated = 1_700_000_000_000): void {
    const id = this.notes.get(path)?.id ?? `note-${hash(path).slice(0, 16)}`
    this.notes.set(path, { id, path, bytes: new TextEncoder().encode(text), updated })
  }
}

const hash = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex')
