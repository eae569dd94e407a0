import { linkKey } from '../core/link/wikilink.ts'
import type { IndexedLink, IndexedNote } from '../ipc/index-contract.ts'
import { putCommitment } from './commitments.ts'
import type { Database } from './database.ts'
import { forgetLeans, linksChange } from './leans.ts'
import { tagKey } from './lists.ts'
import { folderOf, isFileKey, type NoteName, namesOf } from './note-names.ts'
import { putPins, readPinsOn } from './pins.ts'
import type { LinkResolver } from './resolve-links.ts'
import { ALIAS, TITLE } from './schema.ts'

/** U+0000 ends a text in SQLite; U+0001 and U+0002 mark hits in snippets. None is a letter of anything. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const RESERVED = /[\u0000-\u0002]/g
const clean = (text: string): string => text.replace(RESERVED, ' ')

const OF_NOTES = ['links', 'tags', 'commitments', 'pins', 'pin_names', 'texts', 'notes']

/** Puts notes in the index, in place of what it held of them. One transaction. */
export function putNotes(db: Database, resolver: LinkResolver, notes: readonly IndexedNote[]): void {
  db.transaction(() => {
    for (const note of notes) putNote(db, resolver, note)
  })
}

export function removeNotes(db: Database, resolver: LinkResolver, ids: readonly string[]): void {
  db.transaction(() => {
    for (const id of ids) {
      const row = db.get<{ n: number }>('SELECT n FROM notes WHERE id = ?', id)
      if (!row) continue
      resolver.touch({ keys: readNames(db, row.n).map(({ key }) => key), id })
      linksChange(db, row.n)
      removeWords(db, row.n)
      removeNames(db, row.n)
      for (const table of OF_NOTES) db.run(`DELETE FROM ${table} WHERE n = ?`, row.n)
      readPinsOn(db, id)
    }
  })
}

/** Forgets everything; much faster than note by note. */
export function clearNotes(db: Database, resolver: LinkResolver): void {
  forgetLeans(db)
  db.transaction(() => {
    db.run("INSERT INTO words (words) VALUES ('delete-all')")
    db.run("INSERT INTO spellings (spellings) VALUES ('delete-all')")
    for (const table of ['names', ...OF_NOTES]) db.run(`DELETE FROM ${table}`)
    resolver.reset()
  })
}

/**
 * Words of removed notes stand in the file until something is written over them: in segments of the full text that
 * say "deleted", and in free pages. Measured 5 s for ten thousand notes of 4.5 KB on
 * two busy cores, and questions wait meanwhile: it is for a purge, which is rare.
 */
export function scrubFile(db: Database): void {
  db.run("INSERT INTO words (words) VALUES ('optimize')")
  db.run("INSERT INTO spellings (spellings) VALUES ('optimize')")
  db.script('VACUUM')
}

function putNote(db: Database, resolver: LinkResolver, note: IndexedNote): void {
  const before = db.get<{ n: number; path: string }>('SELECT n, path FROM notes WHERE id = ?', note.id)
  const shown = note.shownTitle || note.title
  const place = [note.path, folderOf(note.path), note.updated, note.isDraft ? 1 : 0] as const
  const pinned = [note.textEnd, JSON.stringify(note.passages)] as const
  const facts = [note.docHash, clean(shown), note.kind, ...place, ...pinned] as const
  let n: number
  if (before) {
    n = before.n
    linksChange(db, n)
    removeWords(db, n)
    db.run('DELETE FROM links WHERE n = ?', n)
    db.run('DELETE FROM tags WHERE n = ?', n)
    db.run(
      `UPDATE notes SET doc_hash = ?, title = ?, kind = ?, path = ?, folder = ?, updated = ?, draft = ?, text_end = ?,
       passages = ? WHERE n = ?`,
      ...facts,
      n,
    )
  } else {
    n = db.insert(
      `INSERT INTO notes (doc_hash, title, kind, path, folder, updated, draft, text_end, passages, id)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...facts,
      note.id,
    )
    resolver.touch({ id: note.id })
    linksChange(db, n)
  }
  if (before) changeNames(db, resolver, n, namesOf(note), before.path !== note.path)
  else addNames(db, resolver, n, namesOf(note))
  putWords(db, n, note, shown)
  putLinks(db, n, note.links)
  resolver.touch({ source: n })
  for (const tag of note.tags) {
    db.run('INSERT OR IGNORE INTO tags (key, n, tag) VALUES (?, ?, ?)', tagKey(tag), n, clean(tag))
  }
  putCommitment(db, n, note.commitment)
  putPins(db, n, note.pins)
  readPinsOn(db, note.id)
}

function putWords(db: Database, n: number, note: IndexedNote, shown: string): void {
  const title = shown === note.title ? shown : `${shown}\n${note.title}`
  const texts = [title, note.aliases.join('\n'), note.propertyText, note.text].map(clean)
  db.run('INSERT OR REPLACE INTO texts (n, title, aliases, properties, body) VALUES (?, ?, ?, ?, ?)', n, ...texts)
  db.run('INSERT INTO words (rowid, title, aliases, properties, body) VALUES (?, ?, ?, ?, ?)', n, ...texts)
}

/** An external-content index has to be told what it held: with other words than were put it would be corrupt. */
function removeWords(db: Database, n: number): void {
  db.run(
    `INSERT INTO words (words, rowid, title, aliases, properties, body)
     SELECT 'delete', n, title, aliases, properties, body FROM texts WHERE n = ?`,
    n,
  )
}

function readNames(db: Database, n: number): (NoteName & { id: number })[] {
  return db.all('SELECT name_id AS id, key, match, shown FROM names WHERE n = ?', n)
}

function removeNames(db: Database, n: number): void {
  db.run(
    'DELETE FROM spellings WHERE rowid IN (SELECT name_id FROM names WHERE n = ? AND match IN (?, ?))',
    n,
    TITLE,
    ALIAS,
  )
  db.run('DELETE FROM names WHERE n = ?', n)
}

function changeNames(
  db: Database,
  resolver: LinkResolver,
  n: number,
  names: readonly NoteName[],
  moved: boolean,
): void {
  const old = readNames(db, n)
  const nameOf = ({ key, match, shown }: NoteName) => `${match} ${key}\n${shown}`
  const had = new Map(old.map((name) => [nameOf(name), name.key]))
  const has = new Map(names.map((name) => [nameOf(name), name.key]))
  const gone = [...had].filter(([name]) => !has.has(name))
  const come = [...has].filter(([name]) => !had.has(name))
  // Whether a note is the nearest hangs on its folder, so a move touches the names that it keeps, too.
  const touched = moved ? [...had, ...has] : [...gone, ...come]
  if (touched.length > 0) resolver.touch({ keys: touched.map(([, key]) => key) })
  if (gone.length + come.length === 0) return

  if (old.length > 0) removeNames(db, n)
  insertNames(db, n, names)
}

/** As `changeNames`, of a note that has none yet. */
function addNames(db: Database, resolver: LinkResolver, n: number, names: readonly NoteName[]): void {
  resolver.touch({ keys: names.map(({ key }) => key) })
  insertNames(db, n, names)
}

function insertNames(db: Database, n: number, names: readonly NoteName[]): void {
  for (const { key, match, shown } of names) {
    const id = db.insert('INSERT INTO names (n, key, match, shown) VALUES (?, ?, ?, ?)', n, key, match, clean(shown))
    if (match === TITLE || match === ALIAS) {
      db.run('INSERT INTO spellings (rowid, name) VALUES (?, ?)', id, clean(key))
    }
  }
}

function putLinks(db: Database, n: number, links: readonly IndexedLink[]): void {
  let seq = 0
  for (const link of links) {
    const key = linkKey(link.target)
    // `[[#Heading]]` stays inside the note.
    if (key === '' && link.targetId === '') continue
    db.run(
      `INSERT INTO links (n, seq, key, target, anchor, relation, target_id, file, context, start, "end")
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      n,
      seq++,
      key,
      clean(link.target),
      clean(link.anchor),
      clean(link.relation),
      link.targetId,
      isFileKey(key) ? 1 : 0,
      clean(link.context),
      link.start,
      link.end,
    )
  }
}
