/** Schemes that may be opened in the system's browser or mail program. */
const SAFE = new Set(['http', 'https', 'mailto'])
// Browsers drop tabs and line ends inside an address and control characters and spaces around it, so that
// "java\nscript:" runs; whoever checks the address as written checks another one than is opened.
const EDGE = /^[\s\p{C}]+|[\s\p{C}]+$/gu
const INSIDE = /[\p{Cc}\p{Zl}\p{Zp}]/u
const SCHEME = /^([a-z][a-z0-9+.-]*):(.*)$/is

/**
 * The address to open, or null where it is not plainly a web or mail address: another scheme (`javascript:`,
 * `data:`, `file:`), a relative path, or control characters inside. Never decodes: `%` and entities stay as written.
 */
export function safeUrl(url: string): string | null {
  const trimmed = url.replace(EDGE, '')
  if (INSIDE.test(trimmed)) return null
  const match = SCHEME.exec(trimmed)
  if (!match) return null
  const scheme = (match[1] ?? '').toLowerCase()
  const rest = match[2] ?? ''
  if (!SAFE.has(scheme)) return null
  if (scheme === 'mailto') return rest.includes('@') && !/\s/.test(rest) ? `mailto:${rest}` : null
  // A host is wanted, written with slashes: "https:evil" and "https:\\host" are read differently by different programs.
  if (!/^\/\/[^/\\?#\s]/.test(rest)) return null
  return `${scheme}:${rest.replaceAll(' ', '%20')}`
}
