import { nanoid } from 'nanoid'
import type { Doc } from 'yjs'
import type { FolderId, NoteId } from '../../core/base/ids.ts'
import { renamedTarget } from '../../core/link/rename.ts'
import { linkKey, parseWikilink, printWikilink } from '../../core/link/wikilink.ts'
import { splitPath, stemOf } from '../../core/note/file-name.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readMeta, updateMeta } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { rewriteWikilinks } from '../../editor/convert/rewrite-wikilinks.ts'
import type { FolderChange } from '../../ipc/file-shapes.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import { CallError, type Client } from '../../ipc/rpc.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { BigChanges, BigStep } from '../history/big-changes.ts'
import type { Sessions } from '../history/sessions.ts'
import type { IndexSync } from '../index-sync.ts'
import { KeyedQueue } from '../keyed-queue.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import { cleanTitle } from './notes.ts'

/** What is to be done, as it stands in the journal: all of it can be done twice. */
type Relink = {
  readonly id: NoteId
  /** The note's new name, or its new folder. */
  readonly change: { readonly title: string; readonly file?: string } | { readonly folderId: FolderId | null }
  /** Link keys that led to the note before. */
  readonly keys: readonly string[]
  readonly sources: readonly NoteId[]
  /** The big change that it is, where other notes change too; absent in work of before there were any. */
  readonly step?: { readonly id: string; readonly title: string }
}
const JOB = 'relink:'

/** Who wants to know of each note right before it is changed, and what it then is; both in one turn with the change. */
export type Follows = Pick<BigStep, 'about' | 'left'>

/** A note that cannot be read or is of a newer version keeps its links, and no other note from being rewritten. */
function unlessUnreadable(error: unknown): 0 {
  if (error instanceof CallError && (error.code === 'not-found' || error.code === 'newer')) return 0
  throw error
}

const ignore = () => {}

function giveName(doc: Doc, change: Relink['change']): void {
  if ('folderId' in change) {
    updateMeta(doc, change, LOCAL)
    return
  }
  const { title: former, formerTitles } = readMeta(doc)
  const file = change.file ?? ''
  if (former === change.title) {
    if (file !== '') updateMeta(doc, { file }, LOCAL)
    return
  }
  const known = [...formerTitles.filter((each) => each !== former && each !== change.title), former]
  updateMeta(doc, { title: change.title, file, formerTitles: known }, LOCAL)
}

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly sync: IndexSync
  readonly index: Client<typeof indexContract>
  readonly changes: BigChanges
  readonly sessions: Sessions
  readonly progress: (done: number, total: number) => void
}

/**
 * Renaming and moving a note with every link to it, in open and closed notes (PRODUCT, "Links"; SPEC.md, S13).
 * The work is written down first and taken up again at the next start; each step of it may run twice.
 */
export class Rename {
  readonly #parts: Parts
  /** One at a time: two renames that touch one note would each be right and together not. */
  readonly #queue = new KeyedQueue()
  /** One for each change that is asked for and not written down: the next start would know nothing of it. */
  readonly #unwritten = new Set<Promise<void>>()

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /**
   * Answers how many notes and links were rewritten. A change with its own `follows` is part of somebody's step and is
   * not remembered as a big change.
   * @param file what its file is called, to the letter; '' for a name made of the title
   * @param partOf the big change of a folder in step that this belongs to
   */
  rename(
    id: NoteId,
    wanted: string,
    follows: Follows | null = null,
    file = '',
    partOf?: FolderChange,
  ): Promise<{ notes: number; links: number }> {
    return this.#run(async (written) => {
      const title = cleanTitle(wanted)
      const { title: former } = this.#parts.state.head(id)
      if (former === title && file === '') return { notes: 0, links: 0 }
      const words = follows || former === title ? null : `“${former}” renamed to “${title}”`
      return this.#begin(id, file === '' ? { title } : { title, file }, () => true, written, words, follows, partOf)
    })
  }

  /** Only links that name the folder change. */
  move(id: NoteId, folderId: FolderId | null, follows: Follows | null = null, partOf?: FolderChange): Promise<void> {
    return this.#run(async (written) => {
      const { state } = this.#parts
      if (folderId !== null && state.catalog.folderPath(folderId) === '') {
        throw new CallError('not-found', 'There is no such folder in this vault.')
      }
      const { title, folderId: former } = state.head(id)
      if (former === folderId) return
      const words = follows ? null : `“${title}” moved to ${state.catalog.folderPath(folderId) || 'the top'}`
      await this.#begin(id, { folderId }, (key) => key.includes('/'), written, words, follows, partOf)
    })
  }

  /** What an end of the program cut off. */
  resume(): Promise<void> {
    // Read in its turn: a rename by hand in between replaces the work that was cut off.
    return this.#queue.run(JOB, async () => {
      for (const { key, state } of await this.#parts.state.store.jobs()) {
        // What fails now is tried again at the next start: it is still in the journal.
        if (key.startsWith(JOB)) await this.#finish(key, state as Relink).catch(() => {})
      }
    })
  }

  /** Settles when what was asked for until now will be done, now or at the next start. */
  async written(): Promise<void> {
    await Promise.all(this.#unwritten)
  }

  #run<T>(work: (written: () => void) => Promise<T>): Promise<T> {
    let written = () => {}
    const pending = new Promise<void>((resolve) => {
      written = resolve
    })
    this.#unwritten.add(pending)
    void pending.then(() => this.#unwritten.delete(pending))
    return this.#queue.run(JOB, () => work(written)).finally(written)
  }

  async #begin(
    id: NoteId,
    change: Relink['change'],
    wants: (key: string) => boolean,
    written: () => void,
    words: string | null,
    follows: Follows | null,
    partOf?: FolderChange,
  ) {
    const { state, open, sync, index } = this.#parts
    // Links typed a moment ago must be in the index, and a rebuild must be over.
    open.refreshAll()
    await sync.settled()
    const head = state.head(id)
    const aliases = new Set(
      [...head.aliases, ...(head.shownTitle === head.title ? [] : [head.shownTitle])].map(linkKey),
    )
    const keys = new Set<string>()
    const sources: NoteId[] = []
    for (const { source, targets } of await index.call('linkSources', { id })) {
      const own = targets
        .map((target) => linkKey(parseWikilink(target).name))
        .filter((key) => wants(key) && !aliases.has(key))
      if (own.length === 0) continue
      for (const key of own) keys.add(key)
      sources.push(source)
    }
    // A name that nobody links to is given back by giving it again.
    const isBig = words !== null && sources.some((source) => source !== id)
    const job: Relink = {
      id,
      change,
      keys: [...keys],
      sources,
      ...(partOf
        ? { step: { id: `${partOf.id}/${nanoid()}`, title: partOf.title } }
        : isBig
          ? { step: { id: nanoid(), title: words } }
          : {}),
    }
    const key = JOB + id
    await state.store.putJob({ key, state: job })
    written()
    return this.#finish(key, job, follows)
  }

  async #finish(key: string, job: Relink, given: Follows | null = null): Promise<{ notes: number; links: number }> {
    const { id, change, keys, sources } = job
    const { state, edits, sessions, progress } = this.#parts
    const head = state.catalog.get(id)
    const step = await this.#step(job)
    const follows = step ?? given
    if (head && head.state !== 'purged') {
      await edits.edit(id, (doc) => {
        follows?.about(id, doc)
        giveName(doc, change)
        follows?.left(id, docHash(doc))
      })
    }
    const rename = head ? this.#rewriter(id, change, new Set(keys)) : () => null
    let notes = 0
    let links = 0
    for (const [done, source] of sources.entries()) {
      const found = state.catalog.get(source)
      if (found && found.state !== 'purged') {
        const rewrite = (doc: Doc) => {
          follows?.about(source, doc)
          const own = rewriteWikilinks(doc, rename, LOCAL)
          follows?.left(source, docHash(doc))
          return own
        }
        const count = await edits.edit(source, rewrite).catch(unlessUnreadable)
        if (step) sessions.rebase(source)
        links += count
        if (count > 0) notes++
      }
      progress(done + 1, sources.length)
    }
    await state.store.deleteJob(key)
    if (step) await step.end().then(() => this.#parts.changes.load(), ignore)
    return { notes, links }
  }

  /** The notes as they are, before any changes. Where they cannot be kept the name is given all the same. */
  async #step({ id, change, sources, step }: Relink): Promise<BigStep | null> {
    if (!step) return null
    const kind = 'title' in change ? 'rename' : 'move'
    const ids = [...new Set([id, ...sources])]
    return this.#parts.changes.takeUp(kind, step.title, step.id, ids).catch(() => null)
  }

  #rewriter(id: NoteId, change: Relink['change'], keys: ReadonlySet<string>): (target: string) => string | null {
    const { state } = this.#parts
    const path = stemOf(state.row(id).path)
    const matches = (name: string) => keys.has(linkKey(name))
    if ('folderId' in change) {
      return (target) => {
        const parts = parseWikilink(target)
        if (!matches(parts.name) || parts.name === path) return null
        const moved = printWikilink({ ...parts, name: path })
        return target.includes('\\|') ? moved.replace('|', '\\|') : moved
      }
    }
    // A title that a link cannot carry, or that two notes have, is linked by its file's name.
    const found = state.catalog.resolve(change.title)
    const isPlain = !/[[\]|#^/\\]/.test(change.title) && found.length === 1 && found[0]?.id === id
    const name = isPlain ? change.title : splitPath(path)[1]
    return (target) => renamedTarget(target, matches, name)
  }
}
