/** Quotes of a language: an opening and a closing double one, an opening and a closing single one. */
export type QuoteSigns = readonly [string, string, string, string]

const NARROW = '\u202f'
const ENGLISH: QuoteSigns = ['“', '”', '‘', '’']
const GERMAN: QuoteSigns = ['„', '“', '‚', '‘']
const FRENCH: QuoteSigns = [`«${NARROW}`, `${NARROW}»`, '‘', '’']
const POINTED: QuoteSigns = ['«', '»', '“', '”']
const CLOSING: QuoteSigns = ['”', '”', '’', '’']
const LOW: QuoteSigns = ['„', '”', '‚', '’']

const BY_LANGUAGE: Readonly<Record<string, QuoteSigns>> = {
  en: ENGLISH,
  de: GERMAN,
  'de-ch': ['«', '»', '‹', '›'],
  fr: FRENCH,
  'fr-ch': ['«', '»', '‹', '›'],
  es: POINTED,
  it: POINTED,
  pt: ENGLISH,
  'pt-pt': POINTED,
  ru: ['«', '»', '„', '“'],
  uk: ['«', '»', '„', '“'],
  el: POINTED,
  cs: GERMAN,
  sk: GERMAN,
  sl: GERMAN,
  pl: LOW,
  hu: ['„', '”', '»', '«'],
  ro: LOW,
  hr: LOW,
  sv: CLOSING,
  fi: CLOSING,
  da: ['»', '«', '›', '‹'],
  nb: ['«', '»', '‘', '’'],
  no: ['«', '»', '‘', '’'],
  nl: ENGLISH,
  tr: ENGLISH,
}

/** Of a language as the system writes it, such as `de-CH`; English where none is known. */
export function quotesOf(language: string): QuoteSigns {
  const tag = language.toLowerCase()
  return BY_LANGUAGE[tag] ?? BY_LANGUAGE[tag.split('-')[0] ?? ''] ?? ENGLISH
}

/** Characters at the end of the text before the caret, the typed one included, that become others. */
export type SmartSign = { readonly remove: number; readonly insert: string }

const APOSTROPHE = '’'
const IN_WORD = /[\p{L}\p{M}\p{N}]$/u
const OPENS = /(?:^|[\s([{<«»„“‘‚›‹\u202f\u00a0–—/-])$/u
/** What one writes source in: an address, code, a formula, a link, an HTML tag. */
const SOURCE = /(?:\S*:\/\/\S*|<[a-zA-Z/!][^>]*|\[\[[^\]\n]*|\]\([^)\n]*|%%[^%\n]*)$/

/**
 * What a sign that was just typed becomes, by what stands before it in its block; null: it stays.
 *
 * @param before the block's text up to the caret, without the sign
 */
export function smartSign(before: string, typed: string, quotes: QuoteSigns): SmartSign | null {
  if (SOURCE.test(before) || isOpen(before, '`') || isOpenFormula(before)) return null
  if (typed === '"') return doubled(before, quotes)
  if (typed === "'") return single(before, quotes)
  if (typed === '.') return /(?:^|[^.])\.\.$/.test(before) ? { remove: 3, insert: '…' } : null
  if (typed !== '-') return null
  if (before.endsWith('–')) return { remove: 2, insert: '—' }
  // a line of dashes, or of a table, is Markdown
  return before.endsWith('-') && /[^\s|:-]/.test(before) && !/--$|[!<]-$/.test(before)
    ? { remove: 2, insert: '–' }
    : null
}

function doubled(before: string, [open, close]: QuoteSigns): SmartSign {
  return { remove: 1, insert: opens(before, open, close) ? open : close }
}

function single(before: string, [, , open, close]: QuoteSigns): SmartSign {
  if (opens(before, open, close)) return { remove: 1, insert: open }
  // within a word it is an apostrophe in every language, and so it is where nothing was opened
  const isClosing = close === APOSTROPHE || before.lastIndexOf(open) > before.lastIndexOf(close)
  return { remove: 1, insert: isClosing && !(close !== APOSTROPHE && hasNoRoom(before)) ? close : APOSTROPHE }
}

/** One letter after the last space: more of the word is to come, as in `l’air`. */
const hasNoRoom = (before: string): boolean => /(?:^|\s)\p{L}$/u.test(before)

function opens(before: string, open: string, close: string): boolean {
  if (IN_WORD.test(before)) return false
  // where both are the same sign, or stand the other way round, the last one says which is due
  const opened = before.lastIndexOf(open.trim())
  const closed = open === close ? -1 : before.lastIndexOf(close.trim())
  const isWithin = open !== close && opened > closed
  if (isWithin && /[\s\u202f]$/u.test(before) === false) return /[([{]$/.test(before)
  return OPENS.test(before)
}

const isOpen = (text: string, sign: string): boolean => (text.split(sign).length - 1) % 2 === 1

/** A price is no formula: one begins with what is neither a space nor a figure. */
function isOpenFormula(text: string): boolean {
  const at = text.lastIndexOf('$')
  return at >= 0 && /^\$[^\s\d]/.test(text.slice(at)) && isOpen(text, '$')
}
