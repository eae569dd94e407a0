/** Schemes that may be opened in the system's browser or mail program. */
const SAFE = new Set(['http', 'https', 'mailto'])
// Browsers drop tabs and line ends inside an address and control characters and spaces around it, so that
// "java\nscript:" runs; whoever checks the address as written checks another one than is opened.
const AT_EDGE = /[\s\p{C}]/u
const INSIDE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u
const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is
/** Longer than any system hands to the program that opens it. Counts UTF-16 units. */
const LONGEST = 32_000

/**
 * The address to open, or null where it is not plainly a web or mail address: another scheme (`javascript:`,
 * `data:`, `file:`), a relative path, control characters inside, a name before the host
 * (`https://example.org@elsewhere.net` leads elsewhere), or more than 32,000 signs. Never decodes: `%` and entities
 * stay as written.
 *
 * Every address that becomes an `href`, is opened or is written into a page goes through here.
 */
export function safeUrl(url: string): string | null {
  const trimmed = trimEdges(url)
  if (trimmed.length > LONGEST || INSIDE.test(trimmed)) return null
  const match = SCHEME.exec(trimmed)
  if (!match) return null
  const scheme = (match[1] ?? '').toLowerCase()
  const rest = match[2] ?? ''
  if (!SAFE.has(scheme)) return null
  if (scheme === 'mailto') return rest.includes('@') && !/\s/.test(rest) ? `mailto:${rest}` : null
  // A host is wanted, written with slashes: "https:evil" and "https:\\host" are read differently by different programs,
  // and so is a backslash behind the host.
  const host = /^\/\/([^/?#\s]+)/.exec(rest)?.[1]
  if (host === undefined || /[\\@]/.test(host)) return null
  return `${scheme}:${rest.replaceAll(' ', '%20')}`
}

/** By hand: a pattern for the end would look at a long run of blanks in the middle once for each of them. */
function trimEdges(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && AT_EDGE.test(text.charAt(start))) start++
  while (end > start && AT_EDGE.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}
