/**
 * Bare addresses as GFM finds them (its extended autolinks, mail too): what is no address to this room but is one to
 * other readers, who take a backslash in it for a part of it.
 */

/** What is looked at around a sign: a longer address is cut off, so that a text full of them takes linear time. */
const REACH = 300

/** Whether there could be one, some of its signs maybe escaped. */
export const holdsAddress = (text: string): boolean => /@|:\/\/|:\\\/|www\\?\./i.test(text)

type Address = { readonly from: number; readonly to: number }

/** `written` is what stands before the text: an address in it may go on. */
export function addressesIn(text: string, written = ''): Address[] {
  const before = WORD_END.exec(written.slice(-REACH))?.[0] ?? ''
  const found: Address[] = []
  for (const { index, 0: word } of (before + text).matchAll(WORD)) {
    const at = MAIL.test(word) ? 0 : word.search(ADDRESS_START)
    const from = index - before.length
    if (at >= 0) found.push({ from: from + at, to: from + word.length })
  }
  return found
}

const WORD = /[^\s<]+/g
const WORD_END = /[^\s<]*$/
const MAIL = /[^@]@[A-Za-z0-9_-]+\../
const ADDRESS_START = /https?:\/\/|ftp:\/\/|www\./i
const BOUND = /[\s<]/

/**
 * Whether the backslash at `at` decides what is an address: it stands inside one, in a word that would be one without
 * it, or before a bracket that is still open at the next one, where a reader of GFM finds none.
 */
export function isAddressEscape(text: string, at: number): boolean {
  const next = text[at + 1] ?? ''
  if (next === '[' && isOpenAtAddress(text, at + 2)) return true
  let from = at
  while (from > 0 && at - from < REACH && !BOUND.test(text[from - 1] ?? '')) from -= 1
  // Between angle brackets it is an address of its own, or a tag.
  if (text[from - 1] === '<') from = Math.max(from, text.slice(from, at).lastIndexOf('>') + from + 1)
  const end = text.slice(at, at + REACH).search(BOUND)
  const word = text.slice(from, end < 0 ? at + REACH : at + end)
  const before = unescaped(text.slice(from, at)).length
  return addressesIn(unescaped(word)).some((address) => address.from <= before && before < address.to)
}

function isOpenAtAddress(text: string, from: number): boolean {
  const near = text.slice(from, from + REACH)
  const close = near.indexOf(']')
  return addressesIn(unescaped(close < 0 ? near : near.slice(0, close))).length > 0
}

const unescaped = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/g, '$1')
