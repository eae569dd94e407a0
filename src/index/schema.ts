import { MATCHES } from '../core/link/resolve.ts'
import type { Database } from './database.ts'

/** Raised with any change of the tables or of what is written into them: an index of another number is made anew. */
export const SCHEMA_VERSION = 5

/** facts/storage.md, "SQLite in a Worker". page_size counts only before the first table. */
const SETTINGS = `
PRAGMA page_size = 8192;
PRAGMA journal_mode = TRUNCATE;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -32000;
`

/**
 * `n` numbers a note inside the index only; outside it is known by `id`.
 *
 * - texts: what full text searches, the content of `words`.
 * - words: with the usual 1 MB of words in memory, 500 notes leave a dozen pieces to merge (0.9 ms a note
 *   instead of 0.5).
 * - names: every key by which a wikilink can mean a note. A long path has one key for each of its endings.
 * - spellings: trigrams of titles and aliases, rowid = names.name_id.
 * - links: `resolved` is the note that the link leads to. It follows names (resolve-links.ts); while
 *   `state.unsettled` is there, it is behind them.
 * - notes: `text_end` is how much of `texts.body` is the note's own, without its log. `passages`: what anchors mean in
 *   it, as JSON (NoteText.passages).
 * - commitments: properties and log as JSON, and what is asked of them most often; `status` is '' where nothing says one.
 * - pins: `reading` and `state` (JSON) are what the pin says of its target as that is now (pins.ts).
 * - pin_names: the names of the links that a pin holds words with; what they mean is part of what it says.
 * - state: `words`, the verbs that the vault has, as JSON (words.ts).
 */
const TABLES = `
CREATE TABLE state (key TEXT PRIMARY KEY, value) WITHOUT ROWID;

CREATE TABLE notes (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  doc_hash TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  path TEXT NOT NULL,
  folder TEXT NOT NULL,
  updated INTEGER NOT NULL,
  draft INTEGER NOT NULL,
  text_end INTEGER NOT NULL,
  passages TEXT NOT NULL
);
CREATE INDEX notes_updated ON notes (updated);

CREATE TABLE texts (
  n INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  aliases TEXT NOT NULL,
  properties TEXT NOT NULL,
  body TEXT NOT NULL
);
CREATE VIRTUAL TABLE words USING fts5 (
  title, aliases, properties, body,
  content = 'texts', content_rowid = 'n',
  tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(10.0, 6.0, 1.0, 1.0)');

CREATE TABLE names (
  name_id INTEGER PRIMARY KEY,
  n INTEGER NOT NULL,
  key TEXT NOT NULL,
  match INTEGER NOT NULL,
  shown TEXT NOT NULL
);
CREATE INDEX names_key ON names (key, match, n);
CREATE INDEX names_n ON names (n);
CREATE VIRTUAL TABLE spellings USING fts5 (
  name, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);

CREATE TABLE links (
  n INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  key TEXT NOT NULL,
  target TEXT NOT NULL,
  anchor TEXT NOT NULL,
  relation TEXT NOT NULL,
  target_id TEXT NOT NULL,
  file INTEGER NOT NULL,
  context TEXT NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  resolved INTEGER,
  ambiguous INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (n, seq)
) WITHOUT ROWID;
CREATE INDEX links_key ON links (key);
CREATE INDEX links_resolved ON links (resolved, relation);
CREATE INDEX links_target_id ON links (target_id) WHERE target_id <> '';
CREATE INDEX links_verbs ON links (relation, n, resolved) WHERE relation <> 'mentions';

CREATE TABLE tags (key TEXT NOT NULL, n INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE INDEX tags_n ON tags (n);

CREATE TABLE commitments (
  n INTEGER PRIMARY KEY,
  properties TEXT NOT NULL,
  log TEXT NOT NULL,
  status TEXT NOT NULL,
  due TEXT NOT NULL,
  reach TEXT NOT NULL,
  opened_by TEXT NOT NULL
);

CREATE TABLE pins (
  n INTEGER NOT NULL,
  pin_id TEXT NOT NULL,
  target TEXT NOT NULL,
  word TEXT NOT NULL,
  pin TEXT NOT NULL,
  reading TEXT NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (n, pin_id)
) WITHOUT ROWID;
CREATE INDEX pins_target ON pins (target);
CREATE INDEX pins_changed ON pins (n) WHERE reading <> 'same';

CREATE TABLE pin_names (
  key TEXT NOT NULL,
  n INTEGER NOT NULL,
  pin_id TEXT NOT NULL,
  PRIMARY KEY (n, pin_id, key)
) WITHOUT ROWID;
CREATE INDEX pin_names_key ON pin_names (key);
`

/** `names.match` is the place of a match in core/link's list. */
export const TITLE = MATCHES.indexOf('title')
export const ALIAS = MATCHES.indexOf('alias')

/**
 * Makes an empty database an index, or recognises one.
 * @returns 'kept' when the tables of this version are there, 'made' when they were empty,
 * 'other' when the file holds something else and has to be deleted. Throws on a broken file.
 */
export function prepareSchema(db: Database): 'kept' | 'made' | 'other' {
  db.script(SETTINGS)
  const version = db.number('PRAGMA user_version')
  if (version === SCHEMA_VERSION) return 'kept'
  if (version !== 0 || db.number('SELECT count(*) FROM sqlite_schema') > 0) return 'other'
  db.transaction(() => {
    db.script(TABLES)
    db.script(`PRAGMA user_version = ${SCHEMA_VERSION}`)
  })
  return 'made'
}
