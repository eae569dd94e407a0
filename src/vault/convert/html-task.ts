import type { NoteId } from '../../core/base/ids.ts'
import type { RawPiece } from './html-holes.ts'

export type HtmlTask = {
  readonly kind: 'html'
  readonly id: NoteId
  readonly state: Uint8Array
  /** What ids in the HTML begin with: no two renderings in one file have the same. */
  readonly prefix: string
  /** The key of a heading or block to show alone; null: the whole note, which may then be linked to by place. */
  readonly passage: string | null
  readonly isEmbedded: boolean
  /** A title that is shown above already: a first heading that says the same is left out. */
  readonly title: string
  /** Nothing of it is read as Markdown, as reading took too long. */
  readonly plain: boolean
}
export type HtmlResult = {
  readonly pieces: readonly RawPiece[]
  /** Why it is its source only; null where it was read. */
  readonly asText: string | null
  /** The passage is there. */
  readonly isFound: boolean
}
