import * as Y from 'yjs'
import type { FolderId, NoteId } from '../../core/base/ids.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { frontmatterEnd } from '../../core/markdown/split-frontmatter.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { editFacts, type FactEdit, type FactFault } from '../../core/note/edit-facts.ts'
import type { Kind, NoteMeta, NoteRow, Property } from '../../core/note/note.ts'
import type { Pin } from '../../core/trail/pin.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { identifyWikilinks } from '../../editor/convert/identify-wikilinks.ts'
import { seedNote, seedShared } from '../../editor/convert/seed-note.ts'
import { CallError } from '../../ipc/rpc.ts'
import { readFileLog, withFolded } from '../convert/note-log.ts'
import { readMarkdown } from '../convert/read-markdown.ts'
import { headOf, type NoteState, readState } from '../convert/read-note.ts'
import type { EditNotes } from '../edit-notes.ts'
import { logChanges, seenIn } from '../log-guard.ts'
import type { Signed } from '../log-writing.ts'
import type { VaultState } from '../vault-state.ts'
import type { Folders } from './folders.ts'

export type NewNote = {
  readonly title: string
  /** Left out: what the text says, else `note`. */
  readonly kind?: Kind | undefined
  readonly folderId?: FolderId | null | undefined
  readonly markdown?: string | undefined
  /** Ids for wikilinks of the text, by what stands between their brackets. */
  readonly linkIds?: Readonly<Record<string, NoteId>> | undefined
  /** What another note gives it (commitments, notes made from others), in place of `markdown`. */
  readonly seed?: {
    /**
     * Of an empty note that other devices may make too. One of this id that is there already is answered as it is, out
     * of the trash where it was there.
     */
    readonly id?: NoteId
    readonly tree: Tree
    readonly tags?: readonly string[]
    readonly properties: readonly Property[]
    readonly log: readonly LogEntry[]
    readonly pins: readonly Pin[]
  }
}

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly folders: Folders
  readonly newId: () => NoteId
  readonly onState: (id: NoteId, state: NoteState) => void
}

const FACT_FAULT_WORDS: Record<FactFault, string> = {
  missing: 'The note has no property of that name any more.',
  taken: 'The note has a property of that name already.',
  reserved: 'Throughline writes that word by itself.',
  'no-name': 'A property has a name of one line, at most 100 characters long.',
  'no-list': 'Tags and other names are lists of words.',
}

const NO_FACTS = { aliases: [], tags: [], properties: [] } as const

function readText({ markdown = '', kind }: NewNote) {
  const { facts, tree, log } = readMarkdown(asBody(markdown), kind)
  return { ...facts, tree, log: readFileLog(log, [], []).added, pins: [] }
}

/** Life of a note: created, put elsewhere, thrown away and taken back (PRODUCT, "Kinds and relations"). */
export class Notes {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Seeded once, here, by its creator: an empty doc is never bound to an editor (facts/path.md). */
  async create(note: NewNote): Promise<NoteRow> {
    const { state, folders, newId } = this.#parts
    const title = cleanTitle(note.title)
    const known = note.seed?.id === undefined ? undefined : state.catalog.get(note.seed.id)
    if (known && known.state !== 'purged') {
      if (known.state === 'trashed') await this.restore(known.id)
      return state.row(known.id)
    }
    const { tree, log, pins, ...facts } = note.seed ?? readText(note)
    const kind = note.kind ?? ('kind' in facts ? facts.kind : 'note')
    const folder = note.folderId === undefined ? folders.forKind(kind) : note.folderId
    if (folder !== null && state.catalog.folderPath(folder) === '') {
      throw new CallError('not-found', 'There is no such folder in this vault.')
    }
    await state.vaultStored()
    const now = state.now()
    const created = new Date(now).toISOString().replace(/\.\d+Z$/, 'Z')
    const meta: NoteMeta = {
      ...NO_FACTS,
      ...facts,
      title,
      kind,
      created,
      folderId: folder,
      file: '',
      formerTitles: [],
      trashed: false,
    }
    const doc = new Y.Doc()
    if (note.seed?.id === undefined) seedNote(doc, { meta, tree, log, pins, clientId: doc.clientID }, LOCAL)
    else seedShared(doc, note.seed.id, { meta, log, pins }, LOCAL)
    if (note.linkIds) identifyWikilinks(doc, note.linkIds, LOCAL)
    const first = readState(doc)
    const id = note.seed?.id ?? newId()
    const head = headOf(id, first, {
      indexedHash: '',
      exportHash: '',
      dirty: false,
      updated: now,
      importPath: '',
      sourceHash: '',
    })
    await state.store.appendInbox([{ id, update: Y.encodeStateAsUpdate(doc), head }])
    doc.destroy()
    state.setHead(head, true)
    state.settlePaths()
    this.#parts.onState(id, first)
    return state.row(id)
  }

  /** By id, path, title, then alias. Fails with `not-found`, or with `ambiguous` and the paths. */
  find(name: string): NoteRow {
    const [first, second, ...more] = this.#parts.state.catalog.find(name)
    if (!first) throw new CallError('not-found', `There is no note called “${name}”.`)
    if (!second) return first
    const paths = [first, second, ...more].map(({ path }) => path).join(', ')
    throw new CallError('ambiguous', `Several notes are called “${name}”: ${paths}.`)
  }

  /** A note's row and facts. */
  async read(id: NoteId) {
    const { state, edits } = this.#parts
    const head = state.head(id)
    // As they are printed: a commitment's status is what its log says.
    const { properties } = await edits.read(id, (doc) => withFolded(readMeta(doc), readLog(doc)))
    return {
      ...state.row(id),
      shownTitle: head.shownTitle,
      aliases: [...head.aliases],
      tags: [...head.tags],
      properties: properties.map((property) => ({ ...property })),
    }
  }

  async setKind(id: NoteId, kind: Kind): Promise<void> {
    await this.#parts.edits.edit(id, (doc) => updateMeta(doc, { kind }, LOCAL))
  }

  /** Fails with a `FactFault`, or `from-log` for a status that a log says. */
  async editFacts(id: NoteId, edit: FactEdit, signed: Signed): Promise<void> {
    await this.#parts.edits.edit(id, (doc) => {
      if (edit.key === 'status' && readLog(doc).length > 0) {
        throw new CallError('from-log', 'The status of this note is what its log says.')
      }
      const edited = editFacts(readMeta(doc), edit)
      if (!edited.ok) throw new CallError(edited.error, FACT_FAULT_WORDS[edited.error])
      const { tags, aliases, properties } = edited.value
      const before = seenIn(doc)
      doc.transact(() => {
        updateMeta(doc, { tags, aliases, properties }, LOCAL)
        logChanges(doc, before, signed)
      }, LOCAL)
    })
  }

  async trash(id: NoteId): Promise<void> {
    const { edits, state } = this.#parts
    await edits.edit(id, (doc) => {
      const head = state.head(id)
      // In the head first: the one that is made of the edit takes it over, and both are stored together.
      if (head.state === 'live') state.catalog.put({ ...head, trashedAt: state.now() })
      updateMeta(doc, { trashed: true }, LOCAL)
    })
  }

  /**
   * Back to the folder where it was, or to the top where that is gone: the note keeps the folder's id, and a folder
   * that is made again under the same path has the same id (S10).
   */
  async restore(id: NoteId): Promise<void> {
    await this.#parts.edits.edit(id, (doc) => updateMeta(doc, { trashed: false }, LOCAL))
  }

  /** Adds blocks at the end. Frontmatter of the added text is text, as it stands in the middle of a note. */
  async append(id: NoteId, markdown: string): Promise<NoteRow> {
    const { blocks } = parseMarkdown(markdown)
    await this.#parts.edits.edit(id, (doc) => doc.transact(() => appendTree(rootOf(doc), blocks), LOCAL))
    return this.#parts.state.row(id)
  }
}

/** A title is one line; it keeps every other character (M6). */
export function cleanTitle(title: string): string {
  const clean = title.replace(/\s+/g, ' ').trim()
  if (clean === '') throw new CallError('bad-name', 'A note needs a title.')
  return clean
}

/**
 * A head that cannot be read is text of a new note, which has a head of its own: it is read as it will stand below
 * that, since at the top of a file it would be something else (M4).
 */
function asBody(markdown: string): string {
  const isBroken = frontmatterEnd(markdown.replace(/\r\n?/g, '\n')) > 0 && parseMarkdown(markdown).frontmatter === null
  return isBroken ? `\n${markdown}` : markdown
}
