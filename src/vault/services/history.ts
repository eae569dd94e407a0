import { calendarDay } from '../../core/base/calendar-day.ts'
import { counted } from '../../core/base/counted.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { type Side, takeBack } from '../../core/history/compare.ts'
import { versionAt } from '../../core/history/versions.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Client, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { Outcome } from '../convert/tasks.ts'
import { sideOf } from '../convert/version-tasks.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { BigChanges } from '../history/big-changes.ts'
import type { VersionKeeper } from '../history/keep-versions.ts'
import { putBackText, readKept } from '../history/put-back.ts'
import type { Sessions } from '../history/sessions.ts'
import type { Undo } from '../history/undo.ts'
import { authorship } from '../history/written.ts'
import type { VaultState } from '../vault-state.ts'

type Calls = Pick<
  Handlers<typeof vaultContract>,
  | 'versions'
  | 'keepVersion'
  | 'nameVersion'
  | 'versionAt'
  | 'readVersion'
  | 'compareVersion'
  | 'restoreVersion'
  | 'restorePassage'
  | 'restoreNotesAt'
  | 'authorship'
  | 'bigChanges'
  | 'undoBigChange'
>

/** A note that is being written in at the same time is kept again before it is put back. */
const TRIES = 5

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly pool: ConvertPool
  readonly keeper: Client<typeof keeperContract>
  readonly versions: VersionKeeper
  readonly sessions: Sessions
  readonly changes: BigChanges
  readonly undo: Undo
  readonly progress: (done: number, total: number) => void
  readonly tell: (ids: readonly NoteId[]) => void
}

/** Versions of notes, as a person asks for them (SPEC.md, K1 to K9). A purged note has none. */
export class History {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    const { state, versions, keeper, changes, undo, tell } = this.#parts
    return {
      versions: async ({ id }) => {
        state.head(id)
        return [...(await versions.list(id))]
      },
      keepVersion: async ({ id, name }) => {
        const version = await versions.keepNow(id, { reason: 'named', name })
        if (!version) throw new CallError('not-kept', 'There is nothing in this note to keep.')
        return version
      },
      nameVersion: async ({ id, version, name }) => {
        await keeper.call('changeVersion', { id, version, name })
        tell([id])
      },
      versionAt: async ({ id, at }) => {
        state.head(id)
        return versionAt(await versions.list(id), at)
      },
      readVersion: ({ id, version }) => this.#show(id, version),
      compareVersion: (wanted) => this.#compare(wanted),
      restoreVersion: ({ id, version }) => this.#restore(id, version),
      restorePassage: (wanted) => this.#restorePassage(wanted),
      restoreNotesAt: ({ ids, at }) => this.#restoreNotesAt(ids, at),
      authorship: async ({ id }) => {
        const list = await versions.list(id)
        return this.#parts.edits.read(id, (doc) => authorship(doc, list))
      },
      bigChanges: async () =>
        (await changes.list()).map(({ changed, created, ...change }) => ({
          ...change,
          changed: changed.length,
          created: created.length,
        })),
      undoBigChange: ({ id }) => undo.run(id),
    }
  }

  async #show(id: NoteId, version: string | undefined) {
    const { state: vault, edits, versions } = this.#parts
    vault.head(id)
    const state = version === undefined ? await edits.stateOf(id) : await versions.read(id, version)
    const [outcome] = await this.#parts.pool.run([{ kind: 'show', id, state }])
    const { blocks, ...shown } = settle(outcome)
    return { ...shown, blocks: [...blocks] }
  }

  async #compare({ id, version, with: other }: { id: NoteId; version: string; with?: string | undefined }) {
    const { state, edits, versions, pool } = this.#parts
    state.head(id)
    const before = await versions.read(id, version)
    const after = other === undefined ? await edits.stateOf(id) : await versions.read(id, other)
    const [outcome] = await pool.run([{ kind: 'compare', before, state: after }])
    const { difference, docHash: hash } = settle(outcome)
    return { difference: { ...difference, changes: [...difference.changes] }, docHash: hash }
  }

  async #restore(id: NoteId, version: string): Promise<void> {
    const { versions, edits, sessions } = this.#parts
    this.#parts.state.head(id)
    const { side } = readKept(await versions.read(id, version))
    for (let tries = 1; ; tries++) {
      const now = await edits.read(id, (doc) => docHash(doc))
      await versions.keepNow(id, { reason: 'before-restore' })
      const isDone = await edits.edit(id, (doc) => {
        // Somebody writes: what is in no version must not go.
        if (docHash(doc) !== now) return false
        putBackText(doc, side)
        return true
      })
      if (isDone) break
      if (tries === TRIES) throw new CallError('changed', 'Somebody is writing in this note. Try it again in a moment.')
    }
    sessions.rebase(id)
  }

  async #restorePassage(wanted: { id: NoteId; version: string; docHash: string; change: number }): Promise<void> {
    const { versions, edits } = this.#parts
    const { id } = wanted
    const refuse = () => new CallError('changed', 'The note was changed since. Compare it again.')
    this.#parts.state.head(id)
    const before = readKept(await versions.read(id, wanted.version)).side
    const now = await edits.read(id, (doc) => docHash(doc))
    if (now !== wanted.docHash) throw refuse()
    await versions.keepNow(id, { reason: 'before-restore' })
    await edits.edit(id, (doc) => {
      if (docHash(doc) !== wanted.docHash) throw refuse()
      const side = takeBack(before, sideOf(doc), wanted.change)
      if (!side) throw new CallError('not-found', 'There is no such change.')
      putBackText(doc, side)
    })
  }

  async #restoreNotesAt(ids: readonly NoteId[], at: number): Promise<{ restored: number; without: number }> {
    const { state, versions, changes, edits, sessions, progress } = this.#parts
    const found = new Map<NoteId, Side>()
    const wanted = new Set(ids)
    for (const id of wanted) {
      const head = state.catalog.get(id)
      const version = head && head.state !== 'purged' ? versionAt(await versions.list(id), at) : null
      // A version that is damaged, or of a newer program, is none that could come back.
      const side =
        version &&
        (await versions
          .read(id, version.id)
          .then(readKept, () => null)
          .catch(() => null))
      if (side) found.set(id, side.side)
    }
    const without = wanted.size - found.size
    if (found.size === 0) return { restored: 0, without }
    const step = changes.begin('restore', `${counted(found.size, 'note')} as of ${calendarDay(new Date(at))}`)
    await step.before([...found.keys()])
    let restored = 0
    for (const [id, side] of found) {
      await edits.edit(id, (doc) => {
        step.about(id, doc)
        putBackText(doc, side)
        step.left(id, docHash(doc))
      })
      sessions.rebase(id)
      restored++
      progress(restored, found.size)
    }
    await step.end()
    await changes.load()
    return { restored, without }
  }
}

function settle<T>(outcome: Outcome<T> | undefined): T {
  if (outcome?.ok) return outcome.value
  throw new CallError('too-slow', 'This takes too long to work out.')
}
