/**
 * Whether a text names a file, however the name is written there: in a wikilink, an address with percent signs, an
 * HTML block or plain words. Made to err on one side: what is not certain counts as named (attachments/README.md).
 */

const NOT_OF_A_NAME = /[^\p{L}\p{N}.]+/gu

/** `My%20Photo (1).PNG` → `myphoto1.png`. */
const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(NOT_OF_A_NAME, '')

/**
 * The key of a file's name, without its folders; null where a text cannot be searched for it with certainty: such
 * a file counts as named.
 */
export function fileNameKey(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  // What looks like an escape may be one in the text and none in the name.
  if (/[%&]/.test(name)) return null
  const key = plain(name)
  return /[^.]\.[^.]+$/.test(key) ? key : null
}

/** The keys among `keys` that occur in a text, also as the end of a longer name. */
export function filesNamedIn(text: string, keys: ReadonlySet<string>): Set<string> {
  const found = new Set<string>()
  if (keys.size === 0 || !text.includes('.')) return found
  const endings = new Map<string, Set<number>>()
  for (const key of keys) {
    const ending = key.slice(key.lastIndexOf('.'))
    const lengths = endings.get(ending)
    if (lengths) lengths.add(key.length)
    else endings.set(ending, new Set([key.length]))
  }
  const words = plain(decoded(text))
  for (const [ending, lengths] of endings) {
    for (let at = words.indexOf(ending); at >= 0; at = words.indexOf(ending, at + 1)) {
      const end = at + ending.length
      for (const length of lengths) {
        const name = length <= end ? words.slice(end - length, end) : ''
        if (keys.has(name)) found.add(name)
      }
    }
  }
  return found
}

/** Percent signs and HTML's entities as the characters that they stand for; what is broken stays as it is. */
function decoded(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
      try {
        return decodeURIComponent(escaped)
      } catch {
        return escaped
      }
    })
    .replace(/&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));/gi, (entity, hex?: string, decimal?: string) => {
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return point <= 0x10ffff ? String.fromCodePoint(point) : entity
    })
    .replace(/&[a-z]{1,8};/gi, '')
}
