import type { NoteId } from '../../core/base/ids.ts'
import { CallError, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { ExportTask } from '../convert/tasks.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Attachments } from './attachments.ts'

type Plan = Output<typeof vaultContract, 'exportPlan'>
type Exported = Output<typeof vaultContract, 'exportNotes'>

/** Part of what `exportHash` means: another converter has to prove itself again (M4). */
const CONVERTER = '1'

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly attachments: Attachments
  readonly pool: ConvertPool
}

/** The vault as Markdown (MARKDOWN.md, M1 to M4). Writing files is main's. */
export class Export {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  plan(): Plan {
    const { state, open, attachments } = this.#parts
    open.refreshAll()
    const notes: Plan['notes'] = []
    for (const head of state.catalog.heads()) {
      if (head.state !== 'live') continue
      notes.push({ id: head.id, path: state.catalog.path(head), docHash: head.docHash, updated: head.updated })
    }
    notes.sort((a, b) => (a.path < b.path ? -1 : 1))
    const ids = Object.fromEntries(notes.map(({ path, id }) => [path, id]))
    return {
      notes,
      attachments: attachments.list(),
      sidecar: { 'ids.json': `${JSON.stringify({ version: 1, notes: ids }, null, 1)}\n` },
    }
  }

  /** Read back and compared note by note, unless this state of the note was already. */
  async notes(ids: readonly NoteId[]): Promise<Exported> {
    const { state, edits, pool } = this.#parts
    const tasks = await Promise.all(
      ids.map(async (id): Promise<ExportTask> => {
        const head = state.head(id)
        const verify = head.dirty || head.exportHash !== verified(head.docHash)
        return { kind: 'export', id, state: await edits.stateOf(id), verify }
      }),
    )
    const exported: Exported = []
    for (const [i, outcome] of (await pool.run(tasks)).entries()) {
      const task = tasks[i]
      const head = task && state.catalog.get(task.id)
      if (!head) continue
      if (!outcome.ok)
        throw new CallError('unreadable', `The note at ${state.catalog.path(head)} could not be converted.`)
      const { bytes, docHash, problem } = outcome.value
      exported.push({ id: head.id, path: state.catalog.path(head), bytes, problem })
      if (task.verify && problem === null) {
        state.setQuietly({ ...head, exportHash: verified(docHash) })
      }
    }
    return exported
  }

  /** The note as it would be exported. */
  async show(id: NoteId): Promise<{ path: string; markdown: string }> {
    const [note] = await this.notes([id])
    if (!note) throw new CallError('not-found', 'There is no such note in this vault.')
    return { path: note.path, markdown: new TextDecoder().decode(note.bytes) }
  }
}

const verified = (docHash: string): string => `${CONVERTER}:${docHash}`
