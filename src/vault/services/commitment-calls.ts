import type { NoteId } from '../../core/base/ids.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { VersionKeeper } from '../history/keep-versions.ts'
import type { IndexSync } from '../index-sync.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import { Commitments } from './commitments.ts'
import { DerivedNotes } from './derived-notes.ts'
import { Links } from './links.ts'
import type { Logs } from './logs.ts'
import type { Notes } from './notes.ts'
import { PinMaker } from './pins.ts'
import { RelationEdits } from './relation-edits.ts'
import { RelationWords } from './relation-words.ts'

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly open: OpenNotes
  readonly sync: IndexSync
  readonly index: Client<typeof indexContract>
  readonly notes: Notes
  readonly logs: Logs
  readonly versions: VersionKeeper
  readonly keeper: Client<typeof keeperContract>
  readonly pool: ConvertPool
  readonly keep: (id: NoteId) => Promise<unknown>
}

/** Everything behind `ipc/commitment-contract.ts`, put together. */
export class CommitmentCalls {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls() {
    const { state, edits, logs } = this.#parts
    const links = new Links(this.#parts)
    const pins = new PinMaker(edits, () => logs.now())
    const parts = { ...this.#parts, links, pins }
    return {
      ...new Commitments(parts).calls(),
      ...new DerivedNotes(parts).calls(),
      ...new RelationEdits(parts).calls(),
      ...new RelationWords(state).calls(),
    }
  }
}
