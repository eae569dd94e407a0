import type { NoteId } from '../core/base/ids.ts'
import { type NoteOf, type PinState, pinState } from '../core/evidence/pin-state.ts'
import { linkKey, parseWikilink } from '../core/link/wikilink.ts'
import type { Kind } from '../core/note/note.ts'
import type { PassageLines } from '../core/note/note-text.ts'
import type { Pin } from '../core/trail/pin.ts'
import type { Database } from './database.ts'
import { findByKey } from './resolve-links.ts'

type Hit = { id: NoteId; title: string; path: string; kind: Kind }
export type ReadPin = { pin: Pin; state: PinState; to: Hit | null }

/** Which note a name means from a folder, asked once for each. */
type Names = Map<string, NoteOf>

/** In place of what was held of the note. */
export function putPins(db: Database, n: number, pins: readonly Pin[]): void {
  db.run('DELETE FROM pins WHERE n = ?', n)
  db.run('DELETE FROM pin_names WHERE n = ?', n)
  for (const pin of pins) {
    const state = stateOf(db, pin, new Map())
    db.run(
      'INSERT INTO pins (n, pin_id, target, word, pin, reading, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
      n,
      pin.id,
      pin.target,
      pin.word,
      JSON.stringify(pin),
      state.is,
      JSON.stringify(state),
    )
    for (const key of namesIn(pin)) db.run('INSERT INTO pin_names (key, n, pin_id) VALUES (?, ?, ?)', key, n, pin.id)
  }
}

type Held = { n: number; pin: string }

/** What other notes pinned of this one is read again: it was put, or went. */
export function readPinsOn(db: Database, id: string): void {
  readAgain(db, db.all<Held>('SELECT n, pin FROM pins WHERE target = ?', id))
}

/**
 * What speaks of links by names that may mean another note now is read again; `null` is every name. A pin without a
 * link says the same whatever names mean.
 */
export function readPinsNaming(db: Database, keys: ReadonlySet<string> | null): void {
  const linked = 'SELECT n, pin FROM pins WHERE (n, pin_id) IN (SELECT n, pin_id FROM pin_names'
  if (keys === null) {
    readAgain(db, db.all<Held>(`${linked})`))
    return
  }
  if (keys.size === 0 || db.number('SELECT EXISTS (SELECT 1 FROM pin_names)') === 0) return
  // The name may stand in the pin or, since a link was changed, in the note alone.
  const held = db.all<Held>(
    `${linked} WHERE key IN (SELECT value FROM json_each(?1))) OR ((n, pin_id) IN (SELECT n, pin_id FROM pin_names)
       AND target IN (SELECT id FROM links JOIN notes USING (n) WHERE key IN (SELECT value FROM json_each(?1))))`,
    JSON.stringify([...keys]),
  )
  readAgain(db, held)
}

function readAgain(db: Database, held: readonly Held[]): void {
  const names: Names = new Map()
  for (const { n, pin } of held) {
    const own = JSON.parse(pin) as Pin
    const state = stateOf(db, own, names)
    db.run(
      'UPDATE pins SET reading = ?, state = ? WHERE n = ? AND pin_id = ?',
      state.is,
      JSON.stringify(state),
      n,
      own.id,
    )
  }
}

/** A note in the trash, or gone, has no text: what was pinned of it is gone. */
function stateOf(db: Database, pin: Pin, names: Names): PinState {
  const text = db.get<{ body: string; textEnd: number; folder: string; passages: string }>(
    'SELECT body, text_end AS textEnd, folder, passages FROM texts JOIN notes USING (n) WHERE id = ?',
    pin.target,
  )
  if (!text) return { is: 'gone', was: pin.quote }
  let noteOf = names.get(text.folder)
  if (!noteOf) {
    noteOf = noteOfNames(db, text.folder)
    names.set(text.folder, noteOf)
  }
  const passages = JSON.parse(text.passages) as PassageLines[]
  return pinState(pin, text.body.slice(0, text.textEnd), noteOf, passages)
}

/** A name that no note has means itself. */
function noteOfNames(db: Database, folder: string): NoteOf {
  const known = new Map<string, string>()
  return (name) => {
    const key = linkKey(name)
    const found = known.get(key) ?? findByKey(db, key, folder)[0] ?? `?${key}`
    known.set(key, found)
    return found
  }
}

const NAME = /\[\[([^[\]\n]+)\]\]/g
const namesIn = ({ quote, before, after }: Pin): ReadonlySet<string> =>
  new Set(
    [quote, before, after].flatMap((text) =>
      [...text.matchAll(NAME)].map(([, link]) => linkKey(parseWikilink(link ?? '').name)),
    ),
  )

type Row = { pin: string; state: string; id: NoteId | null; title: string; path: string; kind: Kind }

const readRow = ({ pin, state, id, ...hit }: Row): ReadPin => ({
  pin: JSON.parse(pin) as Pin,
  state: JSON.parse(state) as PinState,
  to: id === null ? null : { id, ...hit },
})

export const pinsOf = (db: Database, id: NoteId): ReadPin[] =>
  db
    .all<Row>(
      `SELECT pin, state, found.id, found.title, found.path, found.kind
       FROM pins LEFT JOIN notes AS found ON found.id = target
       WHERE pins.n = (SELECT n FROM notes WHERE id = ?)
       ORDER BY word, found.title COLLATE NOCASE, found.path, target, pin_id`,
      id,
    )
    .map(readRow)

/** Of a note, by its number, those that do not read as they did; where their note is gone there is nothing to read. */
export const changedPins = (db: Database, n: number): ReadPin[] =>
  db
    .all<Row>(
      `SELECT pin, state, found.id, found.title, found.path, found.kind
       FROM pins JOIN notes AS found ON found.id = target WHERE pins.n = ? AND reading <> 'same' ORDER BY pin_id`,
      n,
    )
    .map(readRow)

export function pinsOn(db: Database, id: NoteId): (ReadPin & { from: Hit })[] {
  type From = { fromId: NoteId; fromTitle: string; fromPath: string; fromKind: Kind }
  const rows = db.all<Row & From>(
    `SELECT pin, state, found.id, found.title, found.path, found.kind, source.id AS fromId, source.title AS fromTitle,
       source.path AS fromPath, source.kind AS fromKind
     FROM pins JOIN notes AS source USING (n) LEFT JOIN notes AS found ON found.id = target
     WHERE target = ? ORDER BY source.title COLLATE NOCASE, source.path, source.id, pin_id`,
    id,
  )
  return rows.map(({ fromId, fromTitle, fromPath, fromKind, ...row }) => ({
    ...readRow(row),
    from: { id: fromId, title: fromTitle, path: fromPath, kind: fromKind },
  }))
}
