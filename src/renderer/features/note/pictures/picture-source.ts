import { parseWikilink } from '../../../../core/link/wikilink.ts'
import type { PictureSource } from '../reading/reading.ts'

const MD = /\.(?:md|markdown)$/i
const FILE = /\.([A-Za-z0-9]{1,8})$/
/** What the app serves as pictures. */
const PICTURES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  // in an <img>, and served with a policy that lets nothing in it run or load
  svg: 'image/svg+xml',
}
/** Endings that a title hardly has: without such a file, the link still means one. */
const KNOWN =
  /\.(?:png|jpe?g|gif|webp|avif|bmp|svg|apng|ico|heic|tiff?|pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|json|xml|zip|gz|mp3|m4a|wav|ogg|flac|mp4|mov|webm|mkv|epub|canvas|excalidraw)$/i
const SIZE = /^(\d{1,4})(?:x\d{1,4})?$/

/** Whether a name may be a file's; a note's title may look so too. */
export const isFileName = (name: string): boolean => FILE.test(name) && !MD.test(name)
/** Whether a name is a file's also where no file has it. */
export const isKnownFile = (name: string): boolean => KNOWN.test(name)
/** The type that a picture is served with; null for other files. */
export const pictureType = (path: string): string | null => PICTURES[(FILE.exec(path)?.[1] ?? '').toLowerCase()] ?? null

/** The address of the web that a picture's path is; null for one of the vault. */
export function remoteHost(path: string): string | null {
  if (!/^https?:\/\//i.test(path)) return null
  try {
    return new URL(path).host
  } catch {
    return null
  }
}

const PICTURE = /^!\[([^\]\n]*)\]\((?:<([^<>\n]+)>|([^()\s]+))(?:\s+"([^"\n]*)")?\)$/

/**
 * Reads `![[name|words|640x480]]` and `![words|640](path)`; null where it is no picture and no file: the embed of a
 * note, or an address that nothing here opens.
 */
export function readPicture(source: string): PictureSource | null {
  if (source.startsWith('![[')) {
    const { name, shown } = parseWikilink(source.slice(3, -2))
    if (!isFileName(name)) return null
    return { path: name, ...wordsAndWidth(shown ?? '') }
  }
  const match = PICTURE.exec(source)
  const path = match?.[2] ?? match?.[3] ?? ''
  if (path === '') return null
  if (/^[a-z][a-z0-9+.-]*:/i.test(path) && remoteHost(path) === null) return null
  return { path: remoteHost(path) === null ? decode(path) : path, ...wordsAndWidth(match?.[1] ?? '') }
}

function wordsAndWidth(text: string): { words: string; width: number | null } {
  const bar = text.lastIndexOf('|')
  const size = SIZE.exec(text.slice(bar + 1).trim())?.[1]
  if (size === undefined) return { words: text.trim(), width: null }
  return { words: text.slice(0, Math.max(bar, 0)).trim(), width: Number(size) || null }
}

/** Reads what an `<img>` of HTML says; null where its address is neither a file's of the vault nor of the web. */
export function htmlPicture(src: string, words: string, width: string): PictureSource | null {
  const path = src.trim()
  const isRemote = remoteHost(path) !== null
  if (path === '' || path.startsWith('//') || (!isRemote && /^[a-z][a-z0-9+.-]*:/i.test(path))) return null
  return { path: isRemote ? path : decode(path), words, width: Number(SIZE.exec(width.trim())?.[1]) || null }
}

/** The same source with another width, in px; null takes the size away. */
export function withWidth(source: string, width: number | null): string {
  const size = width === null ? '' : `|${Math.round(width)}`
  if (source.startsWith('![[')) {
    const inside = source.slice(3, -2)
    return `![[${withoutSize(inside, true)}${size}]]`
  }
  const end = source.indexOf('](')
  const alt = source.slice(2, end)
  return `![${withoutSize(alt, false)}${size}${source.slice(end)}`
}

/** `needsBar`: what has none is a name, which may look like a size. */
function withoutSize(text: string, needsBar: boolean): string {
  const bar = text.lastIndexOf('|')
  if (bar < 0) return !needsBar && SIZE.test(text.trim()) ? '' : text
  return SIZE.test(text.slice(bar + 1).trim()) ? text.slice(0, bar).replace(/\\$/, '') : text
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
