/**
 * The V2 tree of @lexical/yjs as plain data: what the binding would write for a Lexical node, no more
 * and no less (facts/path.md, "The V2 tree, for direct writing"; checked against the binding itself by
 * oracle.test.ts). Values that equal the node's default are absent.
 */
export type V2Element = {
  readonly type: string
  /** Properties by their field name, NodeState as `s_<key>`. */
  readonly attributes: Readonly<Record<string, V2Value>>
  readonly children: readonly V2Child[]
}
/** Neighbouring text nodes are one text; a text has at least one run, and no two texts are neighbours. */
export type V2Text = readonly V2Run[]
export type V2Child = V2Element | V2Text

/** One text node. Equal neighbours are told apart by the index that is written with every run but the first. */
export type V2Run = {
  readonly text: string
  /** Bits of Lexical's format. */
  readonly format: number
  /** '' for Lexical's own text node. */
  readonly type: '' | 'wikilink' | 'raw'
  /** Id of the note that a wikilink leads to, where the link carries it; '' else. */
  readonly target: string
  /** Layout: how its marks are nested, absent where printing knows (core/markdown, N10). */
  readonly nest?: string
}
export type V2Value = string | number | boolean

export const isText = (child: V2Child): child is V2Text => Array.isArray(child)

/** What stands in a line of words; everything else is a block. */
export const isInline = (child: V2Child): boolean =>
  isText(child) || child.type === 'linebreak' || child.type === 'link' || child.type === 'autolink'

/**
 * A hard line break of Markdown is a LineBreakNode with the NodeState `hard`; one without is the source's
 * own line end, which is also what Shift+Enter makes.
 */
export const HARD_BREAK = 's_hard'
/** Layout of a list item (core/markdown, N10), as NodeState too: 1 or 0, and the number that a list begins with. */
export const LOOSE_ITEM = 's_loose'
export const FRESH_ITEM = 's_fresh'
/** Layout of code: empty, with a line between its fences. */
export const BLANK_CODE = 's_blank'
/** Layout of a link: the marks that are written around it. */
export const OUTSIDE_LINK = 's_outside'
/** Layout of a run, a link and a line break: the nesting of the marks around it. */
export const NEST = 's_nest'
/** Layout of a callout: 1 where a blank line stands below its title. */
export const PARTED_CALLOUT = 's_parted'
/** How a column of a table is aligned: 'left', 'center' or 'right', on the cell of its head. */
export const ALIGN_CELL = 's_align'
export const LINE_BREAK: V2Element = { type: 'linebreak', attributes: {}, children: [] }
