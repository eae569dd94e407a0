import { noteInUrl } from '../link/note-url.ts'
import { parseWikilink } from '../link/wikilink.ts'
import { metaFromFrontmatter, readFrontmatter } from '../markdown/frontmatter.ts'
import { decodeSource } from '../markdown/source.ts'
import { frontmatterEnd } from '../markdown/split-frontmatter.ts'
import type { Kind, Property, PropertyValue } from '../note/note.ts'
import { propertyLinks } from '../note/property-links.ts'
import { tagsIn } from '../note/tags.ts'
import { withoutCode } from '../note/verbatim-links.ts'
import { wordKey } from '../relation/words.ts'
import { otherNames } from './file-names.ts'

/** What a preview keeps of a file: small, and without its text. */
export type FileFacts = {
  readonly path: string
  readonly isText: boolean
  readonly kind: Kind | null
  readonly tags: readonly string[]
  /** Short values only: what a rule may ask for. */
  readonly properties: readonly Property[]
  /** Every property key and inline word, with the number of links under it. */
  readonly words: ReadonlyMap<string, number>
  /** Names of links to notes, as written. */
  readonly links: readonly string[]
  readonly names: readonly string[]
  readonly stays: {
    readonly dataview: number
    readonly templater: boolean
    readonly toml: boolean
    readonly blockRefs: number
  }
}

/** A preview reads that much of a file: every import reads all of it. */
const MOST_READ = 1 << 20
const MOST_VALUE = 80
const LINK = /\[\[([^[\]\n]+)\]\]|\]\(<?([^()<>\n]{1,500})>?\)/g
const INLINE_WORD = /(?:^[ \t]*(?:[-*+>][ \t]+)*|[[(])([\p{L}][\p{L}\p{N} _-]{0,40})::(?=[ \t])(.{0,2000})/gmu
const DATAVIEW = /^[ \t>]*(?:```|~~~)[ \t]*dataview(?:js)?\b/gim
const BLOCK_REF = /\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)/gi

/** Reads a Markdown file fast and roughly, for counts. Never throws. */
export function readFileFacts(path: string, bytes: Uint8Array): FileFacts {
  const { text: whole, lossless } = decodeSource(bytes.subarray(0, MOST_READ))
  // A cut through the middle of a character is no fault of the file.
  const isText = lossless || (bytes.length > MOST_READ && !whole.includes('\ufffd\ufffd\ufffd\ufffd'))
  const text = whole.includes('\r') ? whole.replace(/\r\n?/g, '\n') : whole
  const end = frontmatterEnd(text)
  const meta = metaFromFrontmatter(end > 0 ? readFrontmatter(text.slice(0, end)) : null)
  const source = text.slice(end)
  const body = withoutCode(source)
  const words = new Map<string, number>()
  const links: string[] = []
  const count = (word: string, n: number) => words.set(word, (words.get(word) ?? 0) + n)

  for (const property of meta.properties) {
    const found = propertyLinks([property])
    links.push(...found.map(({ target }) => target))
    count(property.key, found.length)
  }
  for (const [, wiki, url] of body.matchAll(LINK)) {
    const name = wiki === undefined ? (noteInUrl(url ?? '')?.name ?? '') : parseWikilink(wiki).name
    if (name !== '' && !isFileName(name)) links.push(name)
  }
  if (body.includes('::')) {
    for (const [, word = '', rest = ''] of body.matchAll(INLINE_WORD)) {
      const n = rest.split('[[').length - 1
      if (n > 0) count(word.trim(), n)
    }
  }
  const tags = new Set([...meta.tags, ...tagsIn(body)])
  return {
    path,
    isText,
    kind: meta.saysKind ? meta.kind : null,
    tags: [...tags],
    properties: meta.properties.filter(({ value }) => isShort(value)),
    words,
    links,
    names: [...meta.aliases, ...titleOf(meta.properties), ...otherNames(path, source)],
    stays: {
      dataview: source.match(DATAVIEW)?.length ?? 0,
      templater: hasTemplater(source),
      toml: text.startsWith('+++\n'),
      blockRefs: source.includes('((') ? (source.match(BLOCK_REF)?.length ?? 0) : 0,
    },
  }
}

function hasTemplater(source: string): boolean {
  const at = source.indexOf('<%')
  return at >= 0 && source.includes('%>', at)
}

/** `[[picture.png]]` leads to a file. */
const isFileName = (name: string): boolean =>
  /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|pdf|mp[34]|m4a|wav|ogg|webm|mov|canvas|base|csv|zip|docx?|xlsx?|pptx?)$/i.test(
    name,
  )

function isShort(value: PropertyValue): boolean {
  if (Array.isArray(value)) return value.length <= 10 && value.every(isShort)
  return typeof value === 'string' ? value.length <= MOST_VALUE : typeof value !== 'object'
}

function titleOf(properties: readonly Property[]): string[] {
  const title = properties.find(({ key }) => wordKey(key) === 'title')?.value
  return typeof title === 'string' && title.trim() !== '' ? [title.trim()] : []
}
