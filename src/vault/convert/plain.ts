import { decodeSource } from '../../core/markdown/source.ts'
import type { Tree } from '../../core/markdown/tree.ts'
import { MAX_SOURCE, type NoteLayout } from '../../crdt/note-doc.ts'

/** Text that was not read as Markdown: one verbatim block, and what of its bytes the block does not say. */
export type PlainNote = { readonly tree: Tree; readonly layout: NoteLayout; readonly isExact: boolean }

/**
 * The whole file as one verbatim block, which `printPlain` turns into the same bytes (rule M1). `isExact` is
 * false where bytes were not UTF-8: only a kept source can give those back.
 */
export function readPlain(bytes: Uint8Array): PlainNote {
  const { text, bom, lossless } = decodeSource(bytes)
  // Mixed line ends stay in the text as they are: a `\r` at the end of a line is a character like any other.
  const isCrlf = text.includes('\r\n') && !/(?<!\r)\n|\r(?!\n)/.test(text)
  const uniform = isCrlf ? text.replaceAll('\r\n', '\n') : text
  const finalEol = uniform.endsWith('\n')
  const layout: NoteLayout = {
    ...(bom ? { bom } : {}),
    ...(isCrlf ? { eol: 'crlf' as const } : {}),
    finalEol,
    plain: true,
  }
  return { tree: [{ type: 'verbatim', source: finalEol ? uniform.slice(0, -1) : uniform }], layout, isExact: lossless }
}

/** null where the note is more than the one block by now: then it is printed as any other. */
export function printPlain(tree: Tree, layout: NoteLayout): string | null {
  const [block, second] = tree
  if (block?.type !== 'verbatim' || second) return null
  const text = block.source + (layout.finalEol ? '\n' : '')
  return (layout.bom ? '\ufeff' : '') + (layout.eol === 'crlf' ? text.replaceAll('\n', '\r\n') : text)
}

/** Why a file is not read as Markdown whatever is in it; null where it may be tried. */
export function plainReason(bytes: Uint8Array, lossless: boolean): string | null {
  if (bytes.length > MAX_SOURCE) {
    return lossless
      ? 'larger than 2 MB: kept as plain text'
      : 'not UTF-8 text and larger than 2 MB: kept as readable text, the bytes that are not UTF-8 are replaced'
  }
  return lossless ? null : 'not UTF-8 text: kept as readable text, its bytes are kept beside it'
}
