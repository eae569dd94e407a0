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
  let unspaced = 0
  for (const char of text) {
    if (char === '\n') continue
    all++
    if (char.trim() !== '') unspaced++
  }
  return { all, unspaced }
}
