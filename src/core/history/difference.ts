/**
 * The readable difference of two states of a note: by block, and inside a rewritten block by word
 * (DESIGN, "Difference"). Made by `compareTrees`, drawn by the renderer.
 */

export type PieceChange = 'same' | 'added' | 'removed'

/** A run of text of one look. `text` is as a reader sees it; a wikilink's is what is shown. */
export type Piece = {
  readonly text: string
  readonly change: PieceChange
  readonly bold?: boolean
  readonly italic?: boolean
  readonly strike?: boolean
  readonly code?: boolean
  readonly highlight?: boolean
  /** `note`: a wikilink (with its relation's verb where it has one); `web`: any other link. */
  readonly link?: 'note' | 'web'
  readonly verb?: string
}

/** A block as it is drawn: lists are flattened to items with their depth, verbatim blocks keep their source. */
export type Block = {
  readonly is: 'paragraph' | 'heading' | 'quote' | 'item' | 'code' | 'rule' | 'verbatim' | 'property'
  /** Heading level from 1, or depth of a list item or quote from 0. */
  readonly level: number
  /** `1.`, `•`, `[ ]`, `[x]` of an item; the language of code; the key of a property; else ''. */
  readonly mark: string
  readonly pieces: readonly Piece[]
}

export type Change = {
  readonly change: 'same' | 'rewritten' | 'added' | 'removed' | 'moved'
  /** One block; several only where `same` (folded when drawn). */
  readonly blocks: readonly Block[]
  /** Where the passage stood in the older state, top-level blocks from 0; null where it was added. */
  readonly before: number | null
  /** Where it stands in the newer state; null where it was removed. */
  readonly after: number | null
  /** For `moved`: the heading under which it stood before; '' at the top. */
  readonly movedFrom?: string
}

export type Difference = {
  readonly changes: readonly Change[]
  readonly wordsAdded: number
  readonly wordsRemoved: number
  readonly moved: number
  /** Title before and after, where it changed. */
  readonly title: { readonly before: string; readonly after: string } | null
}
