/**
 * File names for notes that were born here (MARKDOWN.md, M6): safe on Linux, macOS and Windows, and free of
 * the characters that a wikilink cannot carry. A note that came from a file keeps its exact name instead.
 */

export const NOTE_ENDING = '.md'

/** Of a stem, in UTF-8 bytes: room for ` 12.md` and a temporary ending below the 255 that file systems allow. */
const MAX_STEM_BYTES = 200
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for
const UNSAFE_IN_PATHS = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/
const FORBIDDEN = new RegExp(`(?:${UNSAFE_IN_PATHS.source}|[#^[\\]])+`, 'g')
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/** UTF-8 length of a code point given as a string of one or two units; a lone surrogate counts as its replacement. */
const utf8Length = (character: string): number => {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}

function cut(text: string, bytes: number): string {
  let used = 0
  let result = ''
  for (const character of text) {
    used += utf8Length(character)
    if (used > bytes) break
    result += character
  }
  return result
}

/** The name of a note's file without its ending; never empty. The same title gives the same stem everywhere. */
export function safeStem(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
    .replace(FORBIDDEN, '-')
    .replace(/\s+/g, ' ')
    .trim()
  // Windows drops dots and spaces at the end; a dot in front hides the file.
  const stem = cut(plain, MAX_STEM_BYTES)
    .replace(/[. ]+$/, '')
    .replace(/^\.+/, (dots) => '_'.repeat(dots.length))
  if (stem === '' || /^[-_ ]+$/.test(stem)) return 'Untitled'
  return RESERVED.test(stem) ? `_${stem}` : stem
}

/** Whether a folder may be called so on every platform; a folder's name is used as it is. */
export const isSafeFolderName = (name: string): boolean =>
  name !== '' &&
  name === name.normalize('NFC').trim() &&
  name === cut(name, MAX_STEM_BYTES) &&
  !UNSAFE_IN_PATHS.test(name) &&
  !RESERVED.test(name) &&
  !/^\.|\.$/.test(name)

/** Two names that one folder of a case-insensitive disk cannot hold have one key. */
export const fileKey = (name: string): string => name.normalize('NFC').toLowerCase()

/** The stem of a Markdown file's name: without `.md` or `.markdown`. */
export const stemOf = (file: string): string => file.replace(/\.(?:md|markdown)$/i, '')

/** `Folder/Sub/Name.md` → [`Folder/Sub`, `Name.md`]; the folder is '' at the top. */
export function splitPath(path: string): [folder: string, file: string] {
  const at = path.lastIndexOf('/')
  return at < 0 ? ['', path] : [path.slice(0, at), path.slice(at + 1)]
}

export const joinPath = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** `Folder/Name.png` → `Folder/Name 2.png`, or the next number that is free; a name too long for that is cut. */
export function beside(path: string, isTaken: (path: string) => boolean): string {
  const [folder, file] = splitPath(path)
  const ending = /(?<=.)\.[^.]{1,20}$/u.exec(file)?.[0] ?? ''
  const stem = cut(file.slice(0, file.length - ending.length), MAX_STEM_BYTES)
  for (let n = 2; ; n++) {
    const free = joinPath(folder, `${stem} ${n}${ending}`)
    if (!isTaken(free)) return free
  }
}
