import type { RelationWord } from '../core/relation/words.ts'
import { DEFAULT_WORDS } from '../core/relation/words.ts'
import type { Database } from './database.ts'

/** The verbs of the vault; those that every vault has where nobody has said more. */
export function readWords(db: Database): readonly RelationWord[] {
  const row = db.get<{ value: string }>("SELECT value FROM state WHERE key = 'words'")
  return row ? (JSON.parse(row.value) as RelationWord[]) : DEFAULT_WORDS
}

export function writeWords(db: Database, words: readonly RelationWord[]): void {
  db.run("INSERT OR REPLACE INTO state (key, value) VALUES ('words', ?)", JSON.stringify(words))
}
