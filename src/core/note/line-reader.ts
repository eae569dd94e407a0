import { noteInUrl } from '../link/note-url.ts'
import { parseWikilink, shownText } from '../link/wikilink.ts'
import { type Inline, MARK } from '../markdown/tree.ts'
import { MENTIONS, relationWord, wordKey } from '../relation/words.ts'
import type { ExtractedLink } from './note-text.ts'
import { sentenceAround, sentenceStarts } from './sentence.ts'

/** A verb before a link: on a line of its own, or in brackets inside a sentence (PRODUCT, "Kinds and relations"). */
export const VERB = /(?:^|(\[|\())\s*([\p{L}][\p{L}\p{N} _-]{0,40})::\s*$/u
const WIKILINK = /(!?)\[\[([^[\]\n]+)\]\]/g
/** Between links that share one verb. */
export const SEPARATOR = /^[\s,;]*$/

export type ReadLine = {
  /** As a reader sees it. */
  readonly shown: string
  /** Every word of the Markdown. */
  readonly searchable: string
  readonly links: readonly ExtractedLink[]
}

type PlacedLink = Omit<ExtractedLink, 'context' | 'start' | 'end'> & { readonly from: number; readonly to: number }

/** Reads the inlines of one block, in order. */
export class LineReader {
  #shown = ''
  #searchable = ''
  readonly #links: PlacedLink[] = []
  /** Where the text since the last line end or link begins, in `#shown`. */
  #since = 0
  #lineStart = true
  /** The verb that the links of this line or bracket carry. */
  #verb = ''
  /** The same for a verb that is no word of the list. */
  #other = ''
  #closing = ''

  add(inline: Inline): void {
    switch (inline.type) {
      case 'text':
        this.#write(inline.text, inline.text)
        if (inline.marks & MARK.code) this.#startAfter(false)
        return
      case 'break':
        this.#write('\n', '\n')
        this.#startAfter(true)
        return
      case 'raw':
        this.#raw(inline.source)
        return
      case 'wikilink':
        this.#wikilink(inline.target, inline.embed)
        return
      case 'link': {
        const label = inline.children
          .map((child) => ('text' in child ? child.text : 'source' in child ? child.source : ' '))
          .join('')
        const place = noteInUrl(inline.url)
        const searchable = [label, inline.url, inline.title].join(' ')
        if (place) this.#link(label, searchable, place.name, place.anchor, false)
        else this.#write(label, searchable)
      }
    }
  }

  /** Before each cell of a table's row. */
  startCell(): void {
    if (this.#shown !== '') this.#write(' · ', '\n')
    this.#startAfter(true)
  }

  end(): ReadLine {
    const shown = this.#shown
    if (this.#links.length === 0) return { shown, searchable: this.#searchable, links: [] }
    const starts = sentenceStarts(shown)
    const links = this.#links.map(({ from, to, ...link }) => ({ ...link, ...sentenceAround(shown, starts, from, to) }))
    return { shown, searchable: this.#searchable, links }
  }

  /** A link that is too rich for the tree is kept as source, and may hold wikilinks; comments and math do not. */
  #raw(source: string): void {
    let at = 0
    for (const match of source.startsWith('[') ? source.matchAll(WIKILINK) : []) {
      const before = source.slice(at, match.index)
      this.#write(before, before)
      this.#wikilink(match[2] ?? '', match[1] === '!')
      at = match.index + match[0].length
    }
    this.#write(source.slice(at), source.slice(at))
  }

  #wikilink(target: string, embed: boolean): void {
    const { name, anchor } = parseWikilink(target)
    this.#link(shownText(target), `${embed ? '!' : ''}[[${target}]]`, name, anchor, embed)
  }

  #write(shown: string, searchable: string): void {
    this.#searchable += searchable
    const at = this.#closing === '' ? -1 : shown.indexOf(this.#closing)
    const isClosed = at >= 0 && SEPARATOR.test(shown.slice(0, at))
    if (!isClosed) {
      this.#shown += shown
      return
    }
    this.#shown += shown.slice(0, at)
    this.#startAfter(false)
    // behind the sign another relation may begin in the same text
    this.#shown += shown.slice(at + 1)
  }

  /** What follows has nothing to do with a verb before this place. */
  #startAfter(lineStart: boolean): void {
    this.#since = this.#shown.length
    this.#lineStart = lineStart
    this.#verb = ''
    this.#other = ''
    this.#closing = ''
  }

  #link(shown: string, searchable: string, target: string, anchor: string, embed: boolean): void {
    const relation = embed ? MENTIONS : this.#relation()
    const from = this.#shown.length
    this.#shown += shown
    this.#searchable += searchable
    const verb = embed || this.#other === '' ? {} : { verb: this.#other }
    this.#links.push({ target, anchor, relation, ...verb, embed, from, to: this.#shown.length })
    this.#since = this.#shown.length
    this.#lineStart = false
  }

  /** The verb of the link that is about to be written; it is then shown as words instead of as a sign. */
  #relation(): string {
    const before = this.#shown.slice(this.#since)
    if (this.#verb !== '' && SEPARATOR.test(before)) return this.#verb
    if (this.#other !== '' && SEPARATOR.test(before)) return MENTIONS
    this.#verb = ''
    this.#other = ''
    const match = VERB.exec(before.slice(-64))
    const bracket = match?.[1] ?? ''
    const isWholeLine = this.#lineStart && before.length <= 64
    const word = match && (bracket !== '' || isWholeLine) ? relationWord(match[2] ?? '') : null
    if (match && word === null && (bracket !== '' || isWholeLine)) this.#other = wordKey(match[2] ?? '')
    if (!match || word === null) return MENTIONS
    this.#shown = `${this.#shown.slice(0, this.#shown.length - match[0].length)}${(match[2] ?? '').replaceAll('_', ' ')} `
    this.#verb = word
    this.#closing = bracket === '[' ? ']' : bracket === '(' ? ')' : ''
    return word
  }
}
