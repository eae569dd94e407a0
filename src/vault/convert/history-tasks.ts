import type { NoteId } from '../../core/base/ids.ts'
import type { Block, Difference } from '../../core/history/difference.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import type { TextQuery } from '../../core/note/text-query.ts'

/** Tasks of the pool that are about versions and about words in notes; see tasks.ts. */

/** What a version says of the state that it keeps. */
export type VersionFacts = {
  readonly title: string
  readonly docHash: string
  readonly hash: string
  readonly bytes: number
  readonly words: number
  readonly wordsAdded: number
  readonly wordsRemoved: number
  readonly clocks: Readonly<Record<string, number>>
  /** Text and properties, for the names of attachments; '' where nobody asks. */
  readonly text: string
  /** Nothing was ever written: there is nothing to keep. */
  readonly isEmpty: boolean
}
export type Compared = { readonly difference: Difference; readonly docHash: string }
export type Shown = { readonly title: string; readonly markdown: string; readonly blocks: readonly Block[] }

export type Place = { readonly before: string; readonly match: string; readonly after: string }
export type Found = { readonly places: readonly Place[]; readonly total: number }
export type Replaced = { readonly tree: Tree; readonly places: number; readonly docHash: string }

/** What there is to say of a state that is kept. `before`: the version before it, for the words added and removed. */
export type VersionTask = {
  readonly kind: 'version'
  readonly state: Uint8Array
  readonly before: Uint8Array | null
  readonly withText: boolean
}
export type CompareTask = { readonly kind: 'compare'; readonly before: Uint8Array; readonly state: Uint8Array }
export type ShowTask = { readonly kind: 'show'; readonly id: NoteId; readonly state: Uint8Array }
/** A regular expression may run for ever: only here, where a clock is over it. */
export type FindTask = TextQuery & { readonly kind: 'find'; readonly state: Uint8Array; readonly most: number }
export type ReplaceTask = TextQuery & {
  readonly kind: 'replace'
  readonly state: Uint8Array
  readonly replacement: string
}
