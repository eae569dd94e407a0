/**
 * Bytes of a file to text. `core` has no ambient types, and TextDecoder exists in every process that loads it
 * (Chromium pages and workers, Node), so its shape is declared here, as much as is used.
 */
declare const TextDecoder: {
  new (label: string, options: { fatal: boolean; ignoreBOM: boolean }): { decode(bytes: Uint8Array): string }
}

/**
 * `text` never starts with the byte order mark, and keeps its line ends. `lossless`: encoding `text` as UTF-8,
 * after the mark where `bom`, gives exactly the bytes; else something in `text` was replaced by U+FFFD.
 */
export type DecodedSource = { readonly text: string; readonly bom: boolean; readonly lossless: boolean }

/** A file with a NUL is taken for binary, or for UTF-16: never lossless (MARKDOWN.md, M7). */
export function decodeSource(bytes: Uint8Array): DecodedSource {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  const body = bom ? bytes.subarray(3) : bytes
  const strict = decodeStrict(body)
  if (strict !== null && !strict.includes('\0')) return { text: strict, bom, lossless: true }
  const loose = strict ?? new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(body)
  return { text: loose.replaceAll('\0', '\ufffd'), bom, lossless: false }
}

function decodeStrict(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM: a second mark is part of the text, else it would be lost.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}
