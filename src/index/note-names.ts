import { MATCHES } from '../core/link/resolve.ts'
import { linkKey } from '../core/link/wikilink.ts'
import type { IndexedNote } from '../ipc/index-contract.ts'
import { ALIAS, TITLE } from './schema.ts'

const PATH = MATCHES.indexOf('path')
const FORMER = MATCHES.indexOf('former')

/** A key under which links find a note. `shown` is the name as the person wrote it. */
export type NoteName = { readonly key: string; readonly match: number; readonly shown: string }

/** The folder part of a note's path, '' at the top. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/**
 * Every key of a note, none twice with the same match. `Folder/Title` may leave out the folders before it,
 * so a path gives one key for each of its endings.
 */
export function namesOf(note: IndexedNote): NoteName[] {
  const names = new Map<string, NoteName>()
  const add = (key: string, match: number, shown: string) => {
    const own = `${match} ${key}`
    if (key !== '' && !names.has(own)) names.set(own, { key, match, shown })
  }
  const path = linkKey(note.path)
  add(path, PATH, note.path)
  for (let slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
    add(path.slice(slash + 1), PATH, note.path)
  }
  const title = linkKey(note.title)
  add(title, TITLE, note.title)
  // A frontmatter title is shown instead of the name, and links may use it (ARCHITECTURE, "The note doc").
  for (const alias of [note.shownTitle, ...note.aliases])
    if (linkKey(alias) !== title) add(linkKey(alias), ALIAS, alias)
  for (const former of note.formerTitles) add(linkKey(former), FORMER, former)
  return [...names.values()]
}

/** Linked files that are no notes: they are attachments, not notes that wait to be written. */
const FILE =
  /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?|ico|pdf|mp[34]|webm|ogv|mov|mkv|avi|wav|m4a|ogg|opus|flac|3gp|canvas|base|excalidraw|zip|gz|tar|csv|tsv|json|ya?ml|xml|html?|css|js|ts|txt|docx?|xlsx?|pptx?|odt|ods|odp|epub)$/

export const isFileKey = (key: string): boolean => FILE.test(key)
