import { counted } from '../../core/base/counted.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { renamedTarget } from '../../core/link/rename.ts'
import { linkKey, parseWikilink } from '../../core/link/wikilink.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { splitPath, stemOf } from '../../core/note/file-name.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { expressionOf, type TextQuery } from '../../core/note/text-query.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { readTree } from '../../editor/convert/read-tree.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { rewriteWikilinks } from '../../editor/convert/rewrite-wikilinks.ts'
import type { indexContract } from '../../ipc/index-contract.ts'
import { CallError, type Client, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { Place } from '../convert/history-tasks.ts'
import type { ConvertPool } from '../convert/pool.ts'
import type { EditNotes } from '../edit-notes.ts'
import type { BigChanges, BigStep } from '../history/big-changes.ts'
import type { Sessions } from '../history/sessions.ts'
import type { IndexSync } from '../index-sync.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import type { Notes } from './notes.ts'

type Calls = Pick<Handlers<typeof vaultContract>, 'findText' | 'replaceText' | 'mergeNotes'>
type FoundNote = { id: NoteId; title: string; places: Place[] }

type Parts = {
  readonly state: VaultState
  readonly open: OpenNotes
  readonly edits: EditNotes
  readonly notes: Notes
  readonly pool: ConvertPool
  readonly sync: IndexSync
  readonly index: Client<typeof indexContract>
  readonly changes: BigChanges
  readonly sessions: Sessions
  readonly progress: (done: number, total: number) => void
}

/** Places that one answer holds (ipc/vault-contract.ts). */
const MOST_PLACES = 2_000
const BATCH = 64
/** A note that is being written in at the same time is worked out again so many times. */
const TRIES = 5

/** Words replaced in many notes, and a note merged into another: big changes (SPEC.md, K7 and K10). */
export class Replace {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    return {
      findText: (query) => this.#find(query),
      replaceText: ({ ids, replacement, ...query }) => this.#replace(query, replacement, ids),
      mergeNotes: ({ from, into }) => this.#merge(from, into),
    }
  }

  async #find(query: TextQuery): Promise<{ notes: FoundNote[]; total: number }> {
    const { state, edits, pool } = this.#parts
    check(query)
    const heads = state.catalog.rows({})
    const notes: FoundNote[] = []
    let total = 0
    let left = MOST_PLACES
    for (let at = 0; at < heads.length; at += BATCH) {
      const batch = heads.slice(at, at + BATCH)
      const states = await Promise.all(batch.map(({ id }) => edits.stateOf(id).catch(() => null)))
      const read = batch.flatMap(({ id, title }, i) => {
        const stored = states[i]
        return stored
          ? [{ id, title, task: { kind: 'find', ...query, state: stored, most: MOST_PLACES } as const }]
          : []
      })
      const outcomes = await pool.run(read.map(({ task }) => task))
      for (const [i, outcome] of outcomes.entries()) {
        const note = read[i]
        if (!outcome.ok) throw tooSlow()
        if (!note || outcome.value.total === 0) continue
        const places = outcome.value.places.slice(0, left)
        left -= places.length
        total += outcome.value.total
        if (places.length > 0) notes.push({ id: note.id, title: note.title, places: [...places] })
      }
    }
    return { notes, total }
  }

  async #replace(query: TextQuery, replacement: string, ids: readonly NoteId[]) {
    const { state, changes, sessions, progress } = this.#parts
    check(query)
    const wanted: NoteId[] = []
    for (const id of new Set(ids)) {
      if (state.head(id).state === 'live' && (await this.#work(id, query, replacement)).places > 0) wanted.push(id)
    }
    const step = changes.begin(
      'replace',
      `“${query.query}” replaced by “${replacement}” in ${counted(wanted.length, 'note')}`,
    )
    if (wanted.length === 0) return { change: step.id, notes: 0, places: 0 }
    await step.before(wanted)
    let places = 0
    let notes = 0
    for (const [done, id] of wanted.entries()) {
      const own = await this.#replaceIn(id, query, replacement, step)
      places += own
      if (own > 0) notes++
      sessions.rebase(id)
      progress(done + 1, wanted.length)
    }
    await step.end()
    await changes.load()
    return { change: step.id, notes, places }
  }

  async #replaceIn(id: NoteId, query: TextQuery, replacement: string, step: BigStep): Promise<number> {
    for (let tries = 0; tries < TRIES; tries++) {
      const { tree, places, docHash: from } = await this.#work(id, query, replacement)
      const isDone = await this.#parts.edits.edit(id, (doc) => {
        if (docHash(doc) !== from) return false
        step.about(id, doc)
        doc.transact(() => replaceTree(rootOf(doc), tree), LOCAL)
        step.left(id, docHash(doc))
        return true
      })
      if (isDone) return places
    }
    return 0
  }

  /** In the pool, under its clock: a regular expression may never end. */
  async #work(id: NoteId, query: TextQuery, replacement: string) {
    const state = await this.#parts.edits.stateOf(id)
    const [outcome] = await this.#parts.pool.run([{ kind: 'replace', ...query, state, replacement }])
    if (!outcome?.ok) throw tooSlow()
    return outcome.value
  }

  async #merge(from: NoteId, into: NoteId): Promise<{ change: string; links: number }> {
    const { state, edits, open, sync, index, changes, notes, sessions, progress } = this.#parts
    if (from === into) throw new CallError('invalid', 'A note cannot be merged with itself.')
    const [gone, target] = [state.head(from), state.head(into)]
    if (gone.state !== 'live' || target.state !== 'live') {
      throw new CallError('not-found', 'A note in the trash cannot be merged.')
    }
    open.refreshAll()
    await sync.settled()
    const sources = await index.call('linkSources', { id: from })
    const keys = new Set(sources.flatMap(({ targets }) => targets.map((each) => linkKey(parseWikilink(each).name))))
    keys.delete('')
    const others = sources.map(({ source }) => source).filter((id) => id !== from && id !== into)

    const step = changes.begin('merge', `“${gone.title}” merged into “${target.title}”`)
    await step.before([into, ...others])
    await step.beforeTrash([from])
    const moved = await edits.read(from, (doc) => ({ tree: readTree(rootOf(doc)), meta: readMeta(doc) }))
    const found = state.catalog.resolve(target.title)
    const isPlain = !/[[\]|#^/\\]/.test(target.title) && found.length === 1 && found[0]?.id === into
    const name = isPlain ? target.title : splitPath(stemOf(state.row(into).path))[1]
    const rename = (link: string) => renamedTarget(link, (each) => keys.has(linkKey(each)), name)
    let links = await edits.edit(into, (doc) => {
      step.about(into, doc)
      const own = rewriteWikilinks(doc, rename, LOCAL)
      doc.transact(() => {
        appendTree(rootOf(doc), withHeading(moved.meta.title, moved.tree))
        updateMeta(doc, joined(readMeta(doc), moved.meta), LOCAL)
      }, LOCAL)
      step.left(into, docHash(doc))
      return own
    })
    sessions.rebase(into)
    for (const [done, id] of others.entries()) {
      links += await edits.edit(id, (doc) => {
        step.about(id, doc)
        const own = rewriteWikilinks(doc, rename, LOCAL)
        step.left(id, docHash(doc))
        return own
      })
      sessions.rebase(id)
      progress(done + 1, others.length)
    }
    await notes.trash(from)
    step.left(from, state.head(from).docHash)
    await step.end()
    await changes.load()
    return { change: step.id, links }
  }
}

/** The title of the note that goes is words too: it stays as a heading, and as an alias for links by name. */
const withHeading = (title: string, tree: Tree): Tree => [
  { type: 'heading', level: 2, children: [{ type: 'text', text: title, marks: 0 }] },
  ...tree,
]

function joined(into: NoteMeta, from: NoteMeta): Partial<NoteMeta> {
  const known = new Set(into.properties.map(({ key }) => key))
  return {
    aliases: [...new Set([...into.aliases, from.title, ...from.aliases])].filter((alias) => alias !== into.title),
    tags: [...new Set([...into.tags, ...from.tags])],
    properties: [...into.properties, ...from.properties.filter(({ key }) => !known.has(key) && key !== 'title')],
  }
}

function check(query: TextQuery): void {
  try {
    expressionOf(query)
  } catch {
    throw new CallError('bad-query', 'This is not a regular expression that can be read.')
  }
}

const tooSlow = () => new CallError('too-slow', 'This takes too long to look for. Try simpler words.')
