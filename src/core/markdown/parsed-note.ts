import type { PropertyValue } from '../note/note.ts'
import type { Block, Tree } from './tree.ts'

/** A range of UTF-16 offsets into the text, its end not included. */
export type Span = { readonly from: number; readonly to: number }

/**
 * Where a list item stands. `from` is the start of its first line, `head` the end of its own text,
 * `content` the start of that text (after the marker and a task's box), `to` the end of its last line.
 */
export type ItemSpan = Span & { readonly content: number; readonly head: number; readonly lists: readonly ListSpan[] }
/** Null where an item does not start a line (the inner one of `- - a`), so that items are not told apart by lines. */
export type ListSpan = readonly ItemSpan[] | null

/** `from` is the start of the block's first line, `to` the end of its last, without the line end. */
export type BlockSpan = Span & { readonly items: ListSpan }

/** Keys in the order in which they stand. `broken`: not YAML, or not a map; `values` is then empty. */
export type Frontmatter = {
  readonly values: readonly (readonly [key: string, value: PropertyValue])[]
  readonly broken: boolean
}

export type ParsedNote = {
  /** Null where there is none, or where it is broken: it is then the first, verbatim block. */
  readonly frontmatter: Frontmatter | null
  /** The slice with its fences and the line end after them, as written; '' where `frontmatter` is null. */
  readonly frontmatterSource: string
  /** Offset of the text after the frontmatter, with every line end as `\n`. */
  readonly bodyFrom: number
  /** Normal (see normalize.ts), never empty. */
  readonly blocks: Tree
  /** One for each block, into the text after the frontmatter, with every line end as `\n` (see lines.ts). */
  readonly spans: readonly BlockSpan[]
  /** Why the whole text was kept as one verbatim block; null where it was read as Markdown. */
  readonly degraded: Degraded | null
}

export type Degraded = 'too-deep' | 'too-large' | 'parser-failed'

export type PlacedBlock = { readonly block: Block; readonly span: BlockSpan }
/** Of a text without frontmatter; `placed` is empty for one of blank lines. */
export type ParsedBlocks = { readonly placed: readonly PlacedBlock[]; readonly degraded: Degraded | null }
