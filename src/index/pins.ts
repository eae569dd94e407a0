import type { NoteId } from '../core/base/ids.ts'
import { type PinState, pinState } from '../core/evidence/pin-state.ts'
import type { Kind } from '../core/note/note.ts'
import type { Pin } from '../core/trail/pin.ts'
import type { Database } from './database.ts'

type Hit = { id: NoteId; title: string; path: string; kind: Kind }
export type ReadPin = { pin: Pin; state: PinState; to: Hit | null }

/** In place of what was held of the note. */
export function putPins(db: Database, n: number, pins: readonly Pin[]): void {
  db.run('DELETE FROM pins WHERE n = ?', n)
  for (const pin of pins) {
    const state = stateOf(db, pin)
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
  }
}

/** What other notes pinned of this one is read again: it was put, or went. */
export function readPinsOn(db: Database, id: string): void {
  for (const { n, pin } of db.all<{ n: number; pin: string }>('SELECT n, pin FROM pins WHERE target = ?', id)) {
    const own = JSON.parse(pin) as Pin
    const state = stateOf(db, own)
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
function stateOf(db: Database, pin: Pin): PinState {
  const text = db.get<{ body: string; textEnd: number }>(
    'SELECT body, text_end AS textEnd FROM texts JOIN notes USING (n) WHERE id = ?',
    pin.target,
  )
  return text ? pinState(pin, text.body.slice(0, text.textEnd)) : { is: 'gone', was: pin.quote }
}

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
