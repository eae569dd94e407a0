import { FILES, MANIFEST, MARKDOWN, SNAPSHOT, VERSIONS } from './manifest.ts'

const VERSIONS_NAME = /^[A-Za-z0-9_-]{1,128}\.(?:versions|log)$/
const HASH = /^[0-9a-f]{64}$/
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const CONTROL = /[\u0000-\u001f\u007f]/
const LONE_SURROGATE = /\p{Surrogate}/u
const MAX_BYTES = 4096

/**
 * Why an archive may not hold an entry of this name; null where it may. What is unpacked has names out of a few
 * plain letters: joined to a folder they stay in it on every system. Markdown is never unpacked by Throughline,
 * but a person may do so with any other tool: its names lead nowhere else either.
 */
export function entryProblem(name: string): string | null {
  if (name === MANIFEST || name === SNAPSHOT) return null
  if (name.startsWith(VERSIONS)) {
    return VERSIONS_NAME.test(name.slice(VERSIONS.length)) ? null : 'a name of versions that none can have'
  }
  if (name.startsWith(FILES)) return HASH.test(name.slice(FILES.length)) ? null : 'a file whose name is not its hash'
  if (name.startsWith(MARKDOWN)) return markdownProblem(name.slice(MARKDOWN.length))
  return 'an entry that belongs to no archive'
}

export const isUnpacked = (name: string): boolean => name !== MANIFEST && !name.startsWith(MARKDOWN)

function markdownProblem(path: string): string | null {
  if (Buffer.byteLength(path) > MAX_BYTES) return 'a name that is too long'
  if (path.includes('\\')) return 'a name with a backslash'
  if (CONTROL.test(path)) return 'a name with a control character'
  if (LONE_SURROGATE.test(path)) return 'a name that is not valid Unicode'
  if (/^[A-Za-z]:/.test(path)) return 'a name that starts with a drive'
  const parts = path.split('/')
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'a name that leads out of the archive'
  return null
}
