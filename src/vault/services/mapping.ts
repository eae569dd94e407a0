import { Doc } from 'yjs'
import { counted } from '../../core/base/counted.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { isSameMapping, type Mapping as KindMapping, parseMapping } from '../../core/import/mapping.ts'
import type { Kind } from '../../core/note/note.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readLayout, updateMeta, writeLayout } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import type { NoteHead } from '../../crdt/store.ts'
import { readMapping, setMapping } from '../../crdt/vault-doc.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { BigChanges, BigStep } from '../history/big-changes.ts'
import type { Sessions } from '../history/sessions.ts'
import type { IndexSync } from '../index-sync.ts'
import type { VaultState } from '../vault-state.ts'
import { wordsRead } from '../vault-words.ts'

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly sync: IndexSync
  readonly changes: BigChanges
  readonly sessions: Sessions
}

const NO_WORDS = JSON.stringify(wordsRead(new Doc()))

/**
 * What imports of this vault read as kinds and relations (core/import), kept in the vault doc and beside an export's
 * files, until the person has the kinds written into them (core/import, I6 to I8).
 */
export class MappingOfVault {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
    const { state, sync } = parts
    let words = ''
    state.vaultDoc.on('update', () => {
      const next = JSON.stringify(wordsRead(state.vaultDoc))
      const isFirst = words === ''
      if (next === words) return
      words = next
      void sync.tellWords()
      // Read from the store, words are as they were when the index was made.
      if (isFirst && state.catalog.size === 0) return
      if (isFirst && next === NO_WORDS) return
      const living: NoteId[] = []
      for (const head of state.catalog.heads()) if (head.state === 'live') living.push(head.id)
      sync.reread(living)
    })
  }

  get(): { kinds: KindMapping['kinds'][number][]; words: Record<string, string>; beside: number } {
    const { kinds, words } = readMapping(this.#parts.state.vaultDoc)
    return { kinds: [...kinds], words: { ...words }, beside: this.#beside().length }
  }

  async set(mapping: KindMapping): Promise<void> {
    const { vaultDoc } = this.#parts.state
    const next = parseMapping(mapping)
    if (!isSameMapping(readMapping(vaultDoc), next)) setMapping(vaultDoc, next, LOCAL)
    await this.#parts.state.vaultStored()
  }

  /** One big change: from then on the files say the kinds themselves. */
  async writeKinds(): Promise<{ change: string | null; notes: number }> {
    const { edits, changes, sessions } = this.#parts
    const ids = this.#beside()
    if (ids.length === 0) return { change: null, notes: 0 }
    const step = changes.begin('replace', `Kinds written into ${counted(ids.length, 'file')}`)
    await step.before(ids)
    let notes = 0
    for (const id of ids) {
      notes += await edits.edit(id, (doc) => {
        const { kindBeside, ...layout } = readLayout(doc)
        if (kindBeside === undefined) return 0
        step.about(id, doc)
        writeLayout(doc, layout, LOCAL)
        step.left(id, docHash(doc))
        return 1
      })
      sessions.rebase(id)
    }
    await step.end()
    await changes.load()
    return { change: step.id, notes }
  }

  /** Files of a folder that are in with a kind that no person gave and no file says (core/import, I9). */
  importedKinds(origin: string, paths: readonly string[]): { path: string; kind: Kind }[] {
    const { catalog } = this.#parts.state
    return paths.flatMap((path) => {
      const head = catalog.imported(path, origin)
      const isIn = head?.state === 'live' && head.importOrigin === origin && isByRule(head)
      return isIn ? [{ path, kind: head.kind }] : []
    })
  }

  /** Of those notes the ones that have another kind. @param begin a part of the import that goes on */
  async apply(
    kinds: readonly { readonly id: NoteId; readonly kind: Kind }[],
    begin: (ids: readonly NoteId[]) => BigStep,
  ): Promise<{ notes: number }> {
    const { state, edits, sessions } = this.#parts
    const wanted = kinds.filter(({ id, kind }) => {
      const head = state.catalog.get(id)
      return head?.state === 'live' && isByRule(head) && head.kind !== kind
    })
    if (wanted.length === 0) return { notes: 0 }
    const ids = wanted.map(({ id }) => id)
    const step = begin(ids)
    await step.before(ids)
    for (const { id, kind } of wanted) {
      await edits.edit(id, (doc) => {
        const { kindBeside: _, ...layout } = readLayout(doc)
        step.about(id, doc)
        doc.transact(() => {
          updateMeta(doc, { kind }, LOCAL)
          writeLayout(doc, kind === 'note' ? layout : { ...layout, kindBeside: kind }, LOCAL)
        }, LOCAL)
        step.left(id, docHash(doc))
      })
      sessions.rebase(id)
    }
    await step.end()
    return { notes: wanted.length }
  }

  #beside(): NoteId[] {
    const ids: NoteId[] = []
    for (const head of this.#parts.state.catalog.heads()) {
      if (head.state === 'live' && head.kindBeside === head.kind) ids.push(head.id)
    }
    return ids
  }
}

/** A kind by a rule, or none at all: one that a person gave goes before every rule, as one in the file does (I2). */
const isByRule = ({ kind, kindBeside }: NoteHead): boolean =>
  kindBeside === kind || (kind === 'note' && kindBeside === undefined)
