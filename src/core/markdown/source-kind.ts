/**
 * What source is that a note keeps as written: an interface draws it by its kind. Nothing of it is stored. Both
 * functions look at the first signs, not at the whole: they are asked for every block that is drawn.
 */

export type VerbatimKind = 'math' | 'comment' | 'html' | 'definitions' | 'other'
export type RawKind = 'math' | 'comment' | 'image' | 'footnote' | 'html' | 'link' | 'other'

/** A label and its colon, but no footnote's. */
const DEFINITION = /^\[(?!\^)(?:[^[\]\\]|\\.)+\]:/

/** Of a `verbatim` block. `other` is what has no name: lists with blocks in them, a table that is none. */
export function verbatimKind(source: string): VerbatimKind {
  const start = source.trimStart()
  if (start.startsWith('$$')) return 'math'
  if (start.startsWith('%%') || start.startsWith('<!--')) return 'comment'
  if (start.startsWith('<')) return 'html'
  return DEFINITION.test(start) ? 'definitions' : 'other'
}

/** Of a `raw` inline. `link`: a reference (`[words][label]`), or a link around a picture or other source. */
export function rawKind(source: string): RawKind {
  if (source.startsWith('$')) return 'math'
  if (source.startsWith('%%') || source.startsWith('<!--')) return 'comment'
  if (source.startsWith('<')) return 'html'
  if (source.startsWith('![')) return 'image'
  if (source.startsWith('[^') || source.startsWith('^[')) return 'footnote'
  return source.startsWith('[') ? 'link' : 'other'
}
