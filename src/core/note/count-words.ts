const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}’'_-]|\.(?=[\p{L}\p{N}]))*/gu

/** Scripts that write words without a space between them. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

let segmenter: Intl.Segmenter | undefined

/**
 * Words of running text: figures count, signs do not. Where a script has no spaces, dictionaries say where a word
 * ends. Footer, lists and versions count by it, so that they agree.
 */
export function countWords(text: string): number {
  const words = text.match(WORD)
  if (!words) return 0
  if (!UNSPACED.test(text)) return words.length
  let count = 0
  for (const word of words) count += UNSPACED.test(word) ? segments(word) : 1
  return count
}

function segments(text: string): number {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
  let count = 0
  for (const { isWordLike } of segmenter.segment(text)) if (isWordLike) count++
  return count
}

/** Characters as people count them, by code points, without ends of lines. */
export function countCharacters(text: string): { readonly all: number; readonly unspaced: number } {
  let all = 0
  let spaces = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === NEWLINE || isSecondHalf(text, at, code)) continue
    all++
    if (isSpace(code)) spaces++
  }
  return { all, unspaced: all - spaces }
}

const NEWLINE = 0x0a

/** Of a pair of surrogates; half a pair is a character. */
const isSecondHalf = (text: string, at: number, code: number): boolean =>
  code >= 0xdc00 && code <= 0xdfff && at > 0 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800

/** What `trim` takes away. Not asked letter by letter of a note of 100,000 words: that takes as long as loading it. */
const isSpace = (code: number): boolean =>
  code <= 0x20
    ? code === 0x20 || (code >= 0x09 && code <= 0x0d)
    : code >= 0xa0 && (code === 0xa0 || code === 0xfeff || RARE_SPACES.has(code))

const RARE_SPACES = new Set([
  0x1680,
  0x2028,
  0x2029,
  0x202f,
  0x205f,
  0x3000,
  ...Array.from({ length: 11 }, (_, n) => 0x2000 + n),
])
