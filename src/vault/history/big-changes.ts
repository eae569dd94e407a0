import { nanoid } from 'nanoid'
import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import type { BigChange, VersionReason } from '../../core/history/version.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import type { keeperContract } from '../../ipc/keeper-contract.ts'
import type { Client } from '../../ipc/rpc.ts'
import type { VaultState } from '../vault-state.ts'
import type { VersionKeeper, Wish } from './keep-versions.ts'

/** In place of a version: the note was no more than thrown away. */
export const TRASHED_ONLY = ''
/** In place of the hash that a change left: somebody wrote between two edits of it, and what it left was never alone. */
const MIXED = 'mixed'

type Kind = BigChange['kind']

const REASONS: Readonly<Record<Kind, VersionReason>> = {
  import: 'before-import',
  merge: 'before-merge',
  restore: 'before-restore',
  rename: 'before-bulk',
  move: 'before-bulk',
  replace: 'before-bulk',
}

type Changed = { readonly id: NoteId; version: string; after: string }
/** `names`: the notes that it renamed or moved, in its order. */
export type WithNames = BigChange & {
  readonly names: readonly { readonly kind: 'rename' | 'move'; readonly note: BigChange['changed'][number] }[]
}

type Parts = {
  readonly state: VaultState
  readonly keeper: Client<typeof keeperContract>
  readonly versions: VersionKeeper
  readonly tell: (ids: readonly NoteId[]) => void
}

/**
 * One step over many notes, written down before it begins (SPEC.md, K7): the versions before it first, then what it
 * is about to change, then the change itself, then what it left. Cut off anywhere it can be taken back.
 */
export class BigStep {
  readonly id: string
  readonly #parts: Parts
  readonly #kind: Kind
  readonly #at: number
  #title: string
  readonly #changed = new Map<NoteId, Changed>()
  readonly #created = new Map<NoteId, string>()
  /** Of notes that it has still to change: the docHash of the version before. */
  readonly #kept = new Map<NoteId, string>()
  #keeping: Promise<void>[] = []

  constructor(parts: Parts, kind: Kind, title: string, id: string = nanoid(), known?: BigChange) {
    this.#parts = parts
    this.#kind = kind
    this.#title = title
    this.id = id
    this.#at = known?.at ?? parts.state.now()
    for (const each of known?.changed ?? []) this.#changed.set(each.id, { ...each })
    for (const { id: note, after } of known?.created ?? []) this.#created.set(note, after)
  }

  /** Keeps these notes as they are. Durable when settled; only then may they change. */
  async before(ids: readonly NoteId[]): Promise<void> {
    const kept = await this.#parts.versions.keepAll(ids, this.#wish)
    // In the order asked for: the note that a rename is about is the first.
    for (const id of ids) {
      const version = kept.get(id)
      if (!version) continue
      this.#changed.set(id, { id, version: version.id, after: '' })
      this.#kept.set(id, version.docHash)
    }
    await this.#put()
  }

  /** As `before`, for notes that go to the trash and are not changed else. */
  async beforeTrash(ids: readonly NoteId[]): Promise<void> {
    for (const id of ids) this.#changed.set(id, { id, version: TRASHED_ONLY, after: '' })
    await this.#put()
  }

  /** Notes that are about to be made, or to come back from the trash, with the docHash that they will have. */
  async beforeCreating(notes: readonly { readonly id: NoteId; readonly docHash: string }[]): Promise<void> {
    for (const { id, docHash } of notes) this.#created.set(id, docHash)
    await this.#put()
  }

  /**
   * Right before a note is changed, in one turn with that. What somebody wrote into it since `before` belongs to what
   * comes back when the step is undone.
   */
  about(id: NoteId, doc: Y.Doc): void {
    const kept = this.#kept.get(id)
    const changed = this.#changed.get(id)
    this.#kept.delete(id)
    if (!changed) return
    if (kept === undefined) {
      if (changed.after !== '' && docHash(doc) !== changed.after) changed.after = MIXED
      return
    }
    if (docHash(doc) === kept) return
    const again = this.#parts.versions.keep(id, Y.encodeStateAsUpdate(doc), this.#wish).then(
      (version) => {
        if (version) changed.version = version.id
      },
      // Then it is not known to be as the step left it, and undoing merges.
      () => {
        changed.after = ''
      },
    )
    this.#keeping.push(again)
  }

  /** What the step left of a note. */
  left(id: NoteId, docHash: string): void {
    const changed = this.#changed.get(id)
    if (changed?.after === MIXED) return
    if (changed) changed.after = docHash
    else if (this.#created.has(id)) this.#created.set(id, docHash)
  }

  async end(title?: string): Promise<void> {
    if (title !== undefined) this.#title = title
    await Promise.all(this.#keeping)
    this.#keeping = []
    await this.#put()
    this.#parts.tell([...this.#changed.keys(), ...this.#created.keys()])
  }

  /** What is kept of a note from before the step. */
  versionOf(id: NoteId): string | undefined {
    return this.#changed.get(id)?.version || undefined
  }

  get group(): string {
    return this.id.split('/')[0] ?? this.id
  }

  get #wish(): Wish {
    return { reason: REASONS[this.#kind], change: this.group }
  }

  async #put(): Promise<void> {
    await this.#parts.keeper.call('putBigChange', {
      id: this.id,
      at: this.#at,
      kind: this.#kind,
      title: this.#title,
      changed: [...this.#changed.values()],
      created: [...this.#created].map(([id, after]) => ({ id, after })),
      undone: false,
    })
  }
}

/** The big changes of a vault, the parts of one put together. */
export class BigChanges {
  readonly #parts: Parts
  /** Notes that an import made and that its undoing threw away. */
  readonly #undone = new Set<NoteId>()
  /** By note, what the last big change left: such a state is kept before it is edited on (K8). */
  readonly #left = new Map<NoteId, string>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  begin(kind: Kind, title: string, id?: string): BigStep {
    return new BigStep(this.#parts, kind, title, id)
  }

  /** One that may have begun before the program ended: what was kept then is not kept again, changed as it may be. */
  async takeUp(kind: Kind, title: string, id: string, ids: readonly NoteId[]): Promise<BigStep> {
    const known = (await this.#parts.keeper.call('bigChanges', {})).find((change) => change.id === id)
    const step = new BigStep(this.#parts, kind, title, id, known)
    if (!known) await step.before(ids)
    return step
  }

  /** Newest first. */
  async list(): Promise<WithNames[]> {
    const groups = new Map<string, WithNames>()
    for (const part of await this.#parts.keeper.call('bigChanges', {})) {
      const id = part.id.split('/')[0] ?? part.id
      const first = groups.get(id)
      const names = namesIn(part)
      // The parts of an import are for different notes, but for one that was taken in twice: its first version counts.
      groups.set(id, first ? joined(first, { ...part, names }) : { ...part, id, names })
    }
    return [...groups.values()].reverse()
  }

  async get(id: string): Promise<WithNames | undefined> {
    return (await this.list()).find((change) => change.id === id)
  }

  /** All parts of it are undone. */
  async setUndone(id: string): Promise<void> {
    for (const part of await this.#parts.keeper.call('bigChanges', {})) {
      if (part.id.split('/')[0] === id) await this.#parts.keeper.call('putBigChange', { ...part, undone: true })
    }
    await this.load()
  }

  /** Reads what the other questions need. Call at the start and after a change. */
  async load(): Promise<void> {
    const changes = await this.list()
    this.#undone.clear()
    this.#left.clear()
    for (const change of changes.reverse()) {
      if (change.kind === 'import' && change.undone) for (const { id } of change.created) this.#undone.add(id)
      if (change.undone) continue
      for (const { id, after } of change.changed) if (after !== '') this.#left.set(id, after)
    }
  }

  /** A note in the trash that an undone import made: the same file makes a new one. */
  isUndone(id: NoteId): boolean {
    return this.#undone.has(id) && this.#parts.state.catalog.get(id)?.state === 'trashed'
  }

  /** Whether this is the state in which a big change left the note. */
  isLeft(id: NoteId, docHash: string): boolean {
    return this.#left.get(id) === docHash
  }
}

/** What a part did to a name: the note that a rename or move is about is its first. */
function namesIn({ kind, changed }: BigChange): WithNames['names'] {
  const [about] = changed
  return about && (kind === 'rename' || kind === 'move') ? [{ kind, note: about }] : []
}

function joined(first: WithNames, part: WithNames): WithNames {
  const changed = new Map(first.changed.map((each) => [each.id, each]))
  for (const each of part.changed) {
    const known = changed.get(each.id)
    changed.set(each.id, known ? { ...known, after: each.after } : each)
  }
  const created = new Map(first.created.map((each) => [each.id, each]))
  for (const each of part.created) created.set(each.id, each)
  // One that the import itself made and changed again is still a note that it made.
  for (const { id, after } of changed.values()) if (created.has(id)) created.set(id, { id, after })
  return {
    ...first,
    // Of a folder that another program changed: text and names in one.
    kind: first.kind === part.kind ? first.kind : 'import',
    names: [...first.names, ...part.names],
    changed: [...changed.values()].filter(({ id }) => !created.has(id)),
    created: [...created.values()],
    undone: first.undone && part.undone,
  }
}
