/**
 * The character references that people write by hand. HTML has 2,125 names; one that is not here stays as it was
 * written, as a raw inline, so that nothing is lost by not knowing it.
 */
const NAMED: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  sect: '§',
  para: '¶',
  deg: '°',
  plusmn: '±',
  times: '×',
  divide: '÷',
  frac12: '½',
  larr: '←',
  rarr: '→',
  uarr: '↑',
  darr: '↓',
  euro: '€',
  pound: '£',
  yen: '¥',
  cent: '¢',
  micro: 'µ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  acirc: 'â',
  ccedil: 'ç',
  iuml: 'ï',
  ocirc: 'ô',
  ntilde: 'ñ',
  oslash: 'ø',
  aring: 'å',
  aelig: 'æ',
}

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]*));/y

/** A reference at `at`: where it ends and the text that it stands for, null where only the source can be kept. */
export function readReference(source: string, at: number): { end: number; text: string | null } | null {
  REFERENCE.lastIndex = at
  const match = REFERENCE.exec(source)
  if (!match) return null
  const [whole, decimal, hex, name] = match
  const end = at + whole.length
  if (name !== undefined) return { end, text: Object.hasOwn(NAMED, name) ? (NAMED[name] ?? null) : null }
  const code = decimal !== undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex ?? '', 16)
  // Control characters, halves of pairs and line ends would not survive being written as themselves.
  const writable =
    (code > 31 || code === 9) && code < 0x110000 && !(code >= 127 && code < 160) && !(code >= 0xd800 && code < 0xe000)
  return { end, text: writable ? String.fromCodePoint(code) : null }
}
