import type { FolderId, NoteId } from '../base/ids.ts'

/** PRODUCT, "Kinds and relations". Imports start as `note`. */
export const KINDS = ['essay', 'example', 'commitment', 'note'] as const
export type Kind = (typeof KINDS)[number]

export const isKind = (value: unknown): value is Kind => KINDS.includes(value as Kind)

/** The folder that a new note of a kind goes to (MARKDOWN.md, "Layout"). */
export const KIND_FOLDER: Record<Kind, string> = {
  essay: 'Essays',
  example: 'Examples',
  commitment: 'Commitments',
  note: 'Notes',
}

/** A frontmatter value as YAML gives it; dates stay the text that was written. */
export type PropertyValue = string | number | boolean | null | PropertyValue[] | { [key: string]: PropertyValue }

/** Frontmatter that is not one of the note's own facts, in the order in which it stands. */
export type Property = { readonly key: string; readonly value: PropertyValue }

/**
 * What a note says of itself outside its text. `title` is the note's name and its file's stem; a
 * frontmatter `title` is a property, shown instead and good as an alias (ARCHITECTURE, "The note doc").
 */
export type NoteMeta = {
  readonly title: string
  readonly kind: Kind
  /** Calendar date or ISO 8601 time, as text; '' where it is not known. */
  readonly created: string
  readonly folderId: FolderId | null
  /** The exact file name with its ending, for a note that came from a file and still has that name; else ''. */
  readonly file: string
  readonly aliases: readonly string[]
  /** Titles that the note had before, resolved last. */
  readonly formerTitles: readonly string[]
  readonly tags: readonly string[]
  readonly properties: readonly Property[]
  readonly trashed: boolean
}

/** One line of a list of notes: what the navigator, the switcher and the command line show. */
export type NoteRow = {
  readonly id: NoteId
  readonly title: string
  readonly kind: Kind
  readonly folderId: FolderId | null
  /** Place in an exported vault, with `/`. */
  readonly path: string
  readonly created: string
  /** Milliseconds since 1970, of this computer's clock. For display and order of lists only. */
  readonly updated: number
  readonly trashed: boolean
}

export type Folder = { readonly id: FolderId; readonly parentId: FolderId | null; readonly name: string }
