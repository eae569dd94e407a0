import type { Span } from './parsed-note.ts'

/** New source, or a slice of the old. Only `\n` ends a line of new source. */
export type Piece = string | Span
