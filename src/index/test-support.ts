import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { noteId } from '../core/base/ids.ts'
import type { IndexedLink, IndexedNote } from '../ipc/index-contract.ts'
import { Database } from './database.ts'
import { NoteIndex } from './note-index.ts'
import { prepareSchema } from './schema.ts'

const sqlite = await sqlite3InitModule()

/** The same SQLite as in the app, in memory. */
export const memoryDatabase = (): Database => memoryFile().db

/** `bytes`: what the database's file would hold, one character a byte. */
export function memoryFile(): { db: Database; bytes: () => string } {
  const handle = new sqlite.oo1.DB(':memory:', 'c')
  const db = new Database(handle, sqlite)
  prepareSchema(db)
  return { db, bytes: () => Buffer.from(sqlite.capi.sqlite3_js_db_export(handle)).toString('latin1') }
}

export const memoryIndex = (): NoteIndex => new NoteIndex(memoryDatabase())

/** Ids of notes have at least eight characters; tests use short names. */
export const idOf = (name: string) => noteId(`note-${name.padStart(3, '-')}`)

/** A note at `path`, whose links are its `[[…]]`. */
export function noteAt(path: string, text = '', more: Partial<IndexedNote> = {}): IndexedNote {
  const title = path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, '')
  return {
    id: idOf(title),
    docHash: `hash of ${path} ${text}`,
    title,
    shownTitle: title,
    kind: 'note',
    path,
    created: '',
    updated: 0,
    aliases: [],
    formerTitles: [],
    tags: [],
    propertyText: '',
    text,
    textEnd: (more.text ?? text).length,
    passages: [],
    commitment: null,
    pins: [],
    isDraft: false,
    links: linksIn(text),
    ...more,
  }
}

/** A stand-in for core/note/extract: enough for tests that are not about reading Markdown. */
export function linksIn(text: string): IndexedLink[] {
  return [...text.matchAll(/(?:(\w+):: )?(!?)\[\[([^\]|#]*)(?:#([^\]|]*))?(?:\|[^\]]*)?\]\]/g)].map((match) => ({
    target: match[3] ?? '',
    anchor: match[4] ?? '',
    relation: match[1] ?? 'mentions',
    targetId: '',
    embed: match[2] === '!',
    context: text.slice(0, 300),
    start: match.index,
    end: match.index + match[0].length,
  }))
}
