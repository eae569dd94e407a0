/**
 * The neutral document tree: what Markdown is read into and printed from, what the editor's tree and the
 * Yjs doc are converted to and from. Plain data, so that it crosses workers and compares by value.
 * What it has no shape for is a `verbatim` block or a `raw` inline, which keep the source as written.
 */

/** Bits of Lexical's text format, so that conversion is a copy. */
export const MARK = { bold: 1, italic: 2, strike: 4, code: 16, highlight: 128 } as const
/** Any sum of MARK's values; 0 is plain. */
export type Marks = number

/**
 * Layout (SPEC, N10): how the marks around an inline are nested and signed, where canonical printing would do it
 * otherwise. Letters of nesting.ts, outermost first, a capital where the mark starts: `*a *b**` has `I` and `iI`.
 */
type Nested = { readonly nest?: string }

export type Text = { readonly type: 'text'; readonly text: string; readonly marks: Marks } & Nested
/** `target` is what stands between the brackets, unparsed: `Title#Heading|shown`. See core/link. */
export type Wikilink = {
  readonly type: 'wikilink'
  readonly target: string
  readonly embed: boolean
  readonly marks: Marks
} & Nested
/**
 * `children` hold no links. `url` is as written and not yet safe to open: see core/link/url. `outside` is layout
 * (SPEC, N10): which of the marks that all children have are written around the link, `**[a](b)**`.
 */
export type Link = {
  readonly type: 'link'
  readonly url: string
  readonly title: string
  readonly children: readonly (Text | Raw | Break)[]
  readonly outside?: Marks
} & Nested
/** `hard`: a line break of Markdown (two spaces or a backslash); else the source's own line end. */
export type Break = { readonly type: 'break'; readonly hard: boolean } & Nested
/** Inline source kept as written and printed without escaping: HTML, math, comments, references to footnotes, images. */
export type Raw = { readonly type: 'raw'; readonly source: string; readonly marks: Marks } & Nested
export type Inline = Text | Wikilink | Link | Break | Raw

export type Paragraph = { readonly type: 'paragraph'; readonly children: readonly Inline[] }
export type HeadingLevel = 1 | 2 | 3 | 4 | 5 | 6
/** Of levels 1 and 2 may have line ends (`Title\n===`). */
export type Heading = { readonly type: 'heading'; readonly level: HeadingLevel; readonly children: readonly Inline[] }
/** Blocks behind `> `. May be empty. */
export type Quote = { readonly type: 'quote'; readonly children: readonly Block[] }
/**
 * `> [!kind]+ Title` and the blocks below it. `kind` is what stands behind the `!`, as written (`note`, `TIP`,
 * `quote|right`); `fold` is '+' for one that opens unfolded, '-' for one that opens folded, '' for one that does not
 * fold. An empty `title` is none: the kind is shown in its place. `title` is one line; `children` may be empty.
 * `parted` is layout (SPEC, N10): a blank line stands between the title and what is below it.
 */
export type Callout = {
  readonly type: 'callout'
  readonly kind: string
  readonly fold: '' | '+' | '-'
  readonly title: readonly Inline[]
  readonly children: readonly Block[]
  readonly parted?: true
}
/** `[^label]: …` with the indented blocks below it. */
export type Footnote = { readonly type: 'footnote'; readonly label: string; readonly children: readonly Block[] }
/** Without breaks: what GFM allows in a cell is one line (`<br>` is raw). */
export type Cell = readonly Inline[]
/** Source of the raw inline that is a line break in a cell. */
export const CELL_BREAK = '<br>'
export type ColumnAlign = 'left' | 'center' | 'right' | null
/**
 * A table of GFM. `rows[0]` is the head; every row has as many cells as `columns`, of which there is at least one.
 * A `|` in a cell is written `\|`, also in code and in wikilinks; in the tree it is a plain `|`.
 */
export type Table = {
  readonly type: 'table'
  readonly columns: readonly ColumnAlign[]
  readonly rows: readonly (readonly Cell[])[]
}
/**
 * `info` is the whole info string; `text` has no final line end. `blank` is layout (SPEC, N10): empty code with one
 * line between its fences.
 */
export type Code = { readonly type: 'code'; readonly info: string; readonly text: string; readonly blank?: true }
export type Rule = { readonly type: 'rule' }
/**
 * `checked` is null but in a task list. An item is one run of inlines and the lists below it.
 * The other two are layout, of which equality knows nothing (SPEC, N10): `loose` where blank lines stand between the
 * items of its list in Markdown (false: not even before the empty item below it, where CommonMark asks for one),
 * `fresh` where a new list of Markdown begins although the list before is of one style with it (`- a` and then `* b`),
 * as the number that its first item has (1 for bullets).
 */
export type ListItem = {
  readonly checked: boolean | null
  readonly children: readonly Inline[]
  readonly lists: readonly List[]
  readonly loose?: boolean
  readonly fresh?: number
}
export type List = {
  readonly type: 'list'
  readonly style: 'bullet' | 'ordered' | 'task'
  /** Of an ordered list; 1 for the others. */
  readonly start: number
  readonly items: readonly ListItem[]
}
/** Kept as written, editable as source: HTML, math, comments, reference definitions, odd lists. */
export type Verbatim = { readonly type: 'verbatim'; readonly source: string }
/** Blocks that hold blocks. */
export type Container = Quote | Callout | Footnote
export type Block = Paragraph | Heading | Container | Code | Rule | List | Table | Verbatim

export const isContainer = (block: Block): block is Container =>
  block.type === 'quote' || block.type === 'callout' || block.type === 'footnote'

/** The blocks of a note from top to bottom; a note always has at least one (maybe an empty paragraph). */
export type Tree = readonly Block[]

export const EMPTY_TREE: Tree = [{ type: 'paragraph', children: [] }]
