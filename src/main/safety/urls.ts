import { safeUrl } from '../../core/link/url.ts'

const OUTSIDE = new Set(['http:', 'https:', 'mailto:'])

/**
 * The address in its parsed form, for the system's browser or mail program; null for what `core/link/url` does not
 * call safe, whatever page asks. Parsed as well: two readers have to agree, and a host is in ASCII then (punycode).
 */
export function externalUrl(text: string): string | null {
  const safe = safeUrl(text)
  if (safe === null || !URL.canParse(safe)) return null
  const url = new URL(safe)
  return OUTSIDE.has(url.protocol) ? url.href : null
}

/** Whether `text` is an address of our own pages. By parsing: `app://bundle.evil/` starts with the origin too. */
export function isPageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  // `origin` is 'null' for schemes that Node does not know
  return url.protocol === 'app:' && url.host === 'bundle' && url.username === '' && url.password === ''
}

/** Names as the bundler writes them: no leading dot, so neither `..` nor a hidden file. */
const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9_.-]*$/

/**
 * The place below the bundle's folder that an address asks for, as segments; null for anything that is not
 * plainly inside. Segments are matched after decoding, and `%` is in none of them, so nothing is decoded twice.
 */
export function bundlePath(text: string): readonly string[] | null {
  if (!isPageUrl(text)) return null
  const segments: string[] = []
  for (const raw of new URL(text).pathname.slice(1).split('/')) {
    const segment = decoded(raw)
    if (segment === null || !SEGMENT.test(segment)) return null
    segments.push(segment)
  }
  return segments
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
