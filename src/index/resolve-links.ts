import type { NoteId } from '../core/base/ids.ts'
import { type Candidate, MATCHES, resolveLink } from '../core/link/resolve.ts'
import type { Database } from './database.ts'
import { linksChange, linksOfKeyChange } from './leans.ts'

/** The second condition lets SQLite use the index, which leaves out the many links without an id. */
const SOURCES_BY_ID = "SELECT DISTINCT n FROM links WHERE target_id = ? AND target_id <> ''"

type Named = Candidate<NoteId> & { readonly n: number }
/** Where a name leads from one folder; `n` null: nowhere yet. */
type Lead = { readonly n: number | null; readonly ambiguous: 0 | 1 }

const NOWHERE: Lead = { n: null, ambiguous: 0 }

/**
 * Notes that a key leads to from a folder: one, several (ambiguous, the nearest first) or none.
 * The rule is core/link's; here are only the candidates.
 */
export function findByKey(db: Database, key: string, fromFolder: string): NoteId[] {
  return resolveLink({ name: key, fromFolder, candidates: candidatesOf(db, key) }).found.map(({ id }) => id)
}

function candidatesOf(db: Database, key: string): Named[] {
  type Row = { n: number; id: NoteId; path: string; match: number }
  const rows = db.all<Row>('SELECT n, id, path, match FROM names JOIN notes USING (n) WHERE key = ?', key)
  return rows.map((row) => ({ ...row, match: MATCHES[row.match] ?? 'former' }))
}

/**
 * Keeps `links.resolved` true while notes come and go.
 *
 * Writing only notes what it touched; `settle` works it off before the next question about links, so that
 * a run of many puts resolves each name once. In the file `state.unsettled` stands from the first touched
 * note until settled: an index that was killed in between resolves every link when it is opened again.
 */
export class LinkResolver {
  readonly #db: Database
  readonly #renamed: (db: Database, keys: ReadonlySet<string> | null) => void
  /** Names that lead elsewhere now: every link by them is behind. */
  #keys = new Set<string>()
  /** Notes whose own links are new. */
  #sources = new Set<number>()
  /** Notes that came or went: links that carry their id are behind. */
  #ids = new Set<string>()
  /** Which names lead elsewhere is not known: the index was killed before it had settled. */
  #all = false
  #unsettled: boolean

  /** `renamed`: names may mean another note now, `null` every name. Called inside the transaction that settles. */
  constructor(db: Database, renamed: (db: Database, keys: ReadonlySet<string> | null) => void) {
    this.#db = db
    this.#renamed = renamed
    this.#unsettled = db.number("SELECT count(*) FROM state WHERE key = 'unsettled'") > 0
    if (this.#unsettled) {
      for (const { n } of db.all<{ n: number }>('SELECT n FROM notes')) this.#sources.add(n)
      this.#all = true
    }
  }

  /** Call inside the transaction that writes. */
  touch(changed: { keys?: Iterable<string>; source?: number; id?: string }): void {
    for (const key of changed.keys ?? []) this.#keys.add(key)
    if (changed.source !== undefined) this.#sources.add(changed.source)
    if (changed.id !== undefined) this.#ids.add(changed.id)
    if (this.#unsettled) return
    this.#db.run("INSERT OR REPLACE INTO state (key, value) VALUES ('unsettled', 1)")
    this.#unsettled = true
  }

  /** After a transaction that failed: what it touched is as it was, but the mark in the file may be gone. */
  forget(): void {
    this.#unsettled = this.#db.number("SELECT count(*) FROM state WHERE key = 'unsettled'") > 0
  }

  settle(): void {
    if (!this.#unsettled) return
    const db = this.#db
    db.transaction(() => {
      this.#renamed(db, this.#all ? null : new Set(this.#keys))
      for (const key of this.#keys) this.#settleKey(key)
      const leads = new Map<string, Lead>()
      for (const source of this.#sources) this.#settleSource(source, leads)
      for (const id of this.#ids) this.#settleId(id)
      this.reset()
    })
  }

  /** Says that no link is behind. Call inside the transaction that made it so. */
  reset(): void {
    this.#db.run("DELETE FROM state WHERE key = 'unsettled'")
    this.#keys = new Set()
    this.#sources = new Set()
    this.#ids = new Set()
    this.#all = false
    this.#unsettled = false
  }

  #settleKey(key: string): void {
    const db = this.#db
    if (db.number('SELECT EXISTS (SELECT 1 FROM links WHERE key = ?)', key) === 0) return
    const candidates = candidatesOf(db, key)
    if (new Set(candidates.map(({ n }) => n)).size <= 1) {
      const lead = leadOf(key, '', candidates)
      linksOfKeyChange(db, key)
      const sql = "UPDATE links SET resolved = ?, ambiguous = ? WHERE key = ? AND target_id = ''"
      db.run(sql, lead.n, lead.ambiguous, key)
    } else {
      // From here on it matters where a link stands: note by note.
      this.#keys.delete(key)
      for (const { n } of db.all<{ n: number }>('SELECT DISTINCT n FROM links WHERE key = ?', key)) this.#sources.add(n)
    }
    for (const { n } of db.all<{ n: number }>("SELECT DISTINCT n FROM links WHERE key = ? AND target_id <> ''", key))
      this.#sources.add(n)
  }

  #settleSource(source: number, leads: Map<string, Lead>): void {
    const db = this.#db
    const from = db.get<{ folder: string }>('SELECT folder FROM notes WHERE n = ?', source)
    if (!from) return
    type LinkRow = { seq: number; key: string; targetId: string; resolved: number | null; ambiguous: number }
    const links = db.all<LinkRow>(
      'SELECT seq, key, target_id AS targetId, resolved, ambiguous FROM links WHERE n = ?',
      source,
    )
    for (const link of links) {
      if (link.targetId === '' && this.#keys.has(link.key)) continue
      const lead = this.#byId(link.targetId) ?? this.#byKey(link.key, from.folder, leads)
      if (lead.n === link.resolved && lead.ambiguous === link.ambiguous) continue
      linksChange(db, source)
      db.run(
        'UPDATE links SET resolved = ?, ambiguous = ? WHERE n = ? AND seq = ?',
        lead.n,
        lead.ambiguous,
        source,
        link.seq,
      )
    }
  }

  #settleId(id: string): void {
    const links = this.#db.all<{ n: number }>(SOURCES_BY_ID, id)
    for (const { n } of links) this.#settleSource(n, new Map())
  }

  #byId(id: string): Lead | null {
    if (id === '') return null
    const row = this.#db.get<{ n: number }>('SELECT n FROM notes WHERE id = ?', id)
    return row ? { n: row.n, ambiguous: 0 } : null
  }

  #byKey(key: string, folder: string, leads: Map<string, Lead>): Lead {
    const own = `${folder}\n${key}`
    let lead = leads.get(own)
    if (!lead) {
      lead = leadOf(key, folder, candidatesOf(this.#db, key))
      leads.set(own, lead)
    }
    return lead
  }
}

function leadOf(key: string, fromFolder: string, candidates: readonly Named[]): Lead {
  const { found } = resolveLink({ name: key, fromFolder, candidates })
  return found[0] ? { n: found[0].n, ambiguous: found.length > 1 ? 1 : 0 } : NOWHERE
}
