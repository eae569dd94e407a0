/** A link as it stands in a note's text or properties. */
export type ExtractedLink = {
  /** The name part of `[[name#heading|shown]]`, as written; '' for a link within the note. */
  readonly target: string
  /** Heading or `^block`; '' where there is none. */
  readonly anchor: string
  /** The relation's word as the list spells it, maybe an inverse one; `mentions` for a plain link. */
  readonly relation: string
  /** The verb that it stands under where that is no word of the list: a vault may read it as one (core/import). */
  readonly verb?: string
  readonly embed: boolean
  /** The sentence that it stands in, as a reader sees it, at most about 300 characters. */
  readonly context: string
  /** The link's own words are `context.slice(start, end)`. */
  readonly start: number
  readonly end: number
}

export type HeadingText = { readonly level: number; readonly text: string }

/** What an anchor means, by `anchorKey`: from a line of the text to before another, counted from 0. */
export type PassageLines = readonly [key: string, from: number, to: number]

/** Everything that index, navigator and graph want of a note's text. */
export type NoteText = {
  /** Every word of the note's Markdown, wikilinks and addresses as written, for full-text search. */
  readonly text: string
  /** In order of appearance, those of the properties last. */
  readonly links: readonly ExtractedLink[]
  /** Without `#`, as written, each once; those of the text before those of the frontmatter. */
  readonly tags: readonly string[]
  readonly headings: readonly HeadingText[]
  /** Sections and blocks with an id, as lines of `text`: what passageOf gives, with the footnotes that stand within. */
  readonly passages: readonly PassageLines[]
  /** Words of running text, as people count them. */
  readonly words: number
}
