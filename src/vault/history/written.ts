import * as Y from 'yjs'
import type { Version } from '../../core/history/version.ts'
import { type Written, writtenBetween } from '../../core/history/versions.ts'
import { countWords } from '../../core/note/count-words.ts'
import { rootOf } from '../../crdt/note-doc.ts'

export type Authorship = { from: number | null; to: number | null; words: number }

/** Deeper content is hostile; it has no author worth naming. */
const MAX_DEPTH = 200

/** About when each top-level block was written (H11): from the clocks of the versions, without reading their states. */
export function authorship(doc: Y.Doc, versions: readonly Version[]): Authorship[] {
  const blocks: Authorship[] = []
  for (let item = rootOf(doc)._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentType)) continue
    const runs: Written[] = []
    const texts: string[] = []
    walk(item.content.type, runs, texts, 0)
    // A line without words is as old as itself.
    if (runs.length === 0) runs.push({ client: item.id.client, clock: item.id.clock, length: 1 })
    blocks.push({ ...writtenBetween(versions, runs), words: countWords(texts.join('')) })
  }
  return blocks
}

function walk(type: Pick<Y.AbstractType<unknown>, '_start'>, runs: Written[], texts: string[], depth: number): void {
  if (depth > MAX_DEPTH) return
  for (let item = type._start; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) {
      runs.push({ client: item.id.client, clock: item.id.clock, length: item.length })
      texts.push(item.content.str)
    } else if (item.content instanceof Y.ContentType) {
      walk(item.content.type as Pick<Y.AbstractType<unknown>, '_start'>, runs, texts, depth + 1)
      texts.push(' ')
    }
  }
}
