import type { NoteId } from '../../core/base/ids.ts'
import { structureOf } from '../../core/note/start-from.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readMeta, rootOf } from '../../crdt/note-doc.ts'
import { readPins } from '../../crdt/note-pins.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import { CallError, type Client, type Handlers, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { VersionKeeper } from '../history/keep-versions.ts'
import type { VaultState } from '../vault-state.ts'
import type { Links } from './links.ts'
import { cleanTitle, type Notes } from './notes.ts'
import type { PinMaker } from './pins.ts'

type Calls = Pick<Handlers<typeof vaultContract>, 'startFrom' | 'compareNotes'>
type Compared = Output<typeof vaultContract, 'compareNotes'>

const WORD = 'derived_from'

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly links: Links
  readonly notes: Notes
  readonly pins: PinMaker
  readonly versions: VersionKeeper
  readonly keeper: Client<typeof keeperContract>
  readonly pool: ConvertPool
}

/** Notes that are made from others (PRODUCT, "Evidence"): the structure stays, the words are new. */
export class DerivedNotes {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    return { startFrom: ({ id, title }) => this.#start(id, title), compareNotes: ({ id }) => this.#compare(id) }
  }

  async #start(id: NoteId, wanted: string) {
    const { state, edits, links, notes, pins } = this.#parts
    const title = cleanTitle(wanted)
    const { kind } = state.head(id)
    await this.#holdVersion(id)
    const { tree, properties } = await edits.read(id, (doc) =>
      structureOf(readTree(rootOf(doc)), readMeta(doc).properties),
    )
    const pin = await pins.need({ word: WORD, target: id, anchor: '' })
    const from = { key: WORD, value: [`[[${links.nameOf(id, title)}]]`] }
    const own = [...properties.filter(({ key }) => key !== WORD), from]
    return notes.create({ title, kind, seed: { tree, properties: own, log: [], pins: [pin] } })
  }

  /** The state that the new note is made from is kept, and no thinning takes it. Without main there is none. */
  async #holdVersion(id: NoteId): Promise<void> {
    const { versions, keeper, edits } = this.#parts
    try {
      const kept = await versions.keepNow(id, { reason: 'session' })
      const hash = await edits.read(id, docHash)
      const version = kept ?? (await versions.list(id)).findLast((each) => each.docHash === hash)
      if (version && !version.pins.includes(WORD)) {
        await keeper.call('changeVersion', { id, version: version.id, pins: [...version.pins, WORD] })
      }
    } catch {
      // The note is made all the same: then it is compared with its source as that is now.
    }
  }

  async #compare(id: NoteId): Promise<Compared> {
    const { state, edits, links, versions, pool } = this.#parts
    const pin = (await edits.read(id, readPins)).find(({ word, anchor }) => word === WORD && anchor === '')
    const target = (pin?.target as NoteId | undefined) ?? (await links.relationsOf(id, WORD))[0]?.target
    const head = target === undefined ? undefined : state.catalog.get(target)
    if (target === undefined || !head || head.state === 'purged') {
      throw new CallError('no-source', 'This note was made from no other one that is still in this vault.')
    }
    const now = await edits.read(target, docHash)
    const kept = pin && (await versions.list(target).catch(() => [])).findLast((each) => each.docHash === pin.version)
    const then = kept && (await versions.read(target, kept.id).catch(() => null))
    const before = then ?? (await edits.stateOf(target))
    const [outcome] = await pool.run([{ kind: 'compare', before, state: await edits.stateOf(id) }])
    if (!outcome?.ok) throw new CallError('too-slow', 'This takes too long to work out.')
    const { difference } = outcome.value
    const isThen = Boolean(then) || pin?.version === now
    return {
      source: state.row(target),
      isThen,
      hasChanged: pin !== undefined && pin.version !== '' && pin.version !== now,
      difference: { ...difference, changes: [...difference.changes] },
    }
  }
}
