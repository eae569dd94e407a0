import { Emitter } from '../core/base/emitter.ts'
import type { NoteId } from '../core/base/ids.ts'
import { linkKey } from '../core/link/wikilink.ts'
import type { IndexedNote, indexContract, indexWriteContract } from '../ipc/index-contract.ts'
import type { Handlers } from '../ipc/rpc.ts'
import { blastRadius } from './blast-radius.ts'
import { ledger } from './commitments.ts'
import type { Database } from './database.ts'
import { evidence } from './evidence.ts'
import { filesNamed } from './files-named.ts'
import { nearbyGraph, packed, wholeGraph } from './graph.ts'
import {
  anchorLinks,
  backlinks,
  linkCounts,
  linkSources,
  outlinks,
  relationUse,
  unresolved,
  waiting,
} from './link-queries.ts'
import { countNotes, listHashes, listNotes, listTags } from './lists.ts'
import { unlinkedMentions } from './mentions.ts'
import { pinsOf, pinsOn, readPinsNaming } from './pins.ts'
import { findByKey, LinkResolver } from './resolve-links.ts'
import { search } from './search.ts'
import { findTitles } from './titles.ts'
import { writeWords } from './words.ts'
import { clearNotes, putNotes, removeNotes, scrubFile } from './write-notes.ts'

type Reads = Handlers<typeof indexContract>
type Writes = Handlers<typeof indexWriteContract>

/**
 * The index over one open database: both contracts, and `changed` after each write. Everything is synchronous,
 * so a question always sees whole writes; questions about links settle what writes left behind first (SPEC I4).
 */
export class NoteIndex {
  readonly changed = new Emitter<void>()
  readonly #db: Database
  readonly #resolver: LinkResolver

  constructor(db: Database) {
    this.#db = db
    this.#resolver = new LinkResolver(db, readPinsNaming)
  }

  readonly reads = {
    search: (input) => timed(() => search(this.#db, input)),
    titles: ({ query, limit }) => findTitles(this.#db, query, limit),
    backlinks: ({ id }) =>
      timed(() => {
        const items = backlinks(this.#settled(), id)
        return { total: items.length, items }
      }),
    anchorLinks: ({ id }) => anchorLinks(this.#settled(), id),
    outlinks: ({ id }) => outlinks(this.#settled(), id),
    resolve: ({ targets, fromId }) => this.#resolve(targets, fromId),
    unlinkedMentions: ({ id, limit }) => unlinkedMentions(this.#db, id, limit),
    unresolved: ({ limit }) => unresolved(this.#settled(), limit),
    waiting: ({ names, limit }) => {
      const db = this.#settled()
      return names.map((each) => waiting(db, each, limit))
    },
    filesNamed: (input) => filesNamed(this.#db, input),
    linkSources: ({ id }) => linkSources(this.#settled(), id),
    graph: (input) => {
      const db = this.#settled()
      const graph = input.center === undefined ? wholeGraph(db) : nearbyGraph(db, input.center, input.depth ?? 1)
      return input.packed ? packed(graph) : graph
    },
    ledger: () => timed(() => ({ items: ledger(this.#settled()) })),
    evidence: (input) => timed(() => ({ lists: evidence(this.#settled(), input) })),
    blastRadius: (input) => blastRadius(this.#settled(), input),
    relationUse: ({ words }) => relationUse(this.#settled(), words),
    pinsOf: ({ id }) => pinsOf(this.#settled(), id),
    pinsOn: ({ id }) => pinsOn(this.#settled(), id),
    list: (input) => listNotes(this.#db, input),
    tags: () => listTags(this.#db),
    status: () => ({ notes: countNotes(this.#db), ...linkCounts(this.#settled()) }),
  } satisfies Reads

  readonly writes = {
    put: ({ notes }) => this.#write(() => putNotes(this.#db, this.#resolver, notes as IndexedNote[])),
    remove: ({ ids }) => this.#write(() => removeNotes(this.#db, this.#resolver, ids)),
    words: ({ words }) => this.#write(() => writeWords(this.#db, words)),
    hashes: () => listHashes(this.#db),
    clear: () => this.#write(() => clearNotes(this.#db, this.#resolver)),
    // Each transaction was on disk when its call was answered; what is left is the links.
    flush: () => {
      this.#settled()
    },
    scrub: () => scrubFile(this.#db),
  } satisfies Writes

  #settled(): Database {
    this.#resolver.settle()
    return this.#db
  }

  #write(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#resolver.forget()
      throw error
    }
    this.changed.emit()
  }

  #resolve(targets: readonly string[], fromId: NoteId | null) {
    type Place = { folder: string }
    const from = fromId && this.#db.get<Place>('SELECT folder FROM notes WHERE id = ?', fromId)
    return targets.map((target) => {
      const found = findByKey(this.#db, linkKey(target), from ? from.folder : '')
      return { target, found: found.flatMap((id) => this.#hit(id)) }
    })
  }

  #hit(id: NoteId) {
    const row = this.#db.get<Awaited<ReturnType<Reads['resolve']>>[number]['found'][number]>(
      'SELECT id, title, path, kind FROM notes WHERE id = ?',
      id,
    )
    return row ? [row] : []
  }
}

function timed<T extends object>(work: () => T): T & { ms: number } {
  const start = performance.now()
  const result = work()
  return { ...result, ms: performance.now() - start }
}
