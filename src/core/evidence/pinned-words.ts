import { parseWikilink, shownText } from '../link/wikilink.ts'

/** Which note a link's name means, as any text that is the same for the same note. */
export type NoteOf = (name: string) => string

/** Words with the place of each in its line, and what stands for equal words (W7). */
export type PinnedWords = {
  /** As they are kept: links as written. */
  readonly words: readonly string[]
  /** What is compared: a link stands for its note, its place there and what it shows. */
  readonly keys: readonly string[]
  /** Whether each begins a line. */
  readonly starts: readonly boolean[]
  /** How many words stand before each line. */
  readonly lines: readonly number[]
}

/** Names mean nothing: any link without words of its own equals any other. */
const ANY_NOTE: NoteOf = () => ''

const WIKILINK = /!?\[\[([^[\]\n]+)\]\]/g
const BLOCK_ID = /(?:^|[^\S\n])\^[A-Za-z0-9-]+[^\S\n]*$/gm
/** A blank within a link parts no words. */
const JOINED = '\u0000'

/** A text (NoteText.text) as words. Ids of blocks are none: the app writes them where somebody links to a block. */
export function pinnedWords(text: string, noteOf: NoteOf = ANY_NOTE): PinnedWords {
  const words: string[] = []
  const keys: string[] = []
  const starts: boolean[] = []
  const lines: number[] = []
  const joined = text.replace(BLOCK_ID, '').replace(WIKILINK, (link) => link.replace(/\s/g, JOINED))
  for (const line of joined.split('\n')) {
    lines.push(words.length)
    for (const [at, word] of line
      .split(/\s+/)
      .filter((each) => each !== '')
      .entries()) {
      const kept = word.replaceAll(JOINED, ' ')
      words.push(kept)
      keys.push(keyOf(kept, noteOf))
      starts.push(at === 0)
    }
  }
  return { words, keys, starts, lines }
}

function keyOf(word: string, noteOf: NoteOf): string {
  if (!word.includes('[[')) return word.normalize('NFC')
  return word.normalize('NFC').replace(WIKILINK, (link: string, target: string) => {
    const { name, anchor, shown } = parseWikilink(target)
    const sign = link.startsWith('!') ? '!' : ''
    return `${sign}[[${name === '' ? '' : `@${noteOf(name)}`}#${anchor}|${shown ?? ''}]]`
  })
}

/** A text as a person reads it, on one line: links as what they show, without ids of blocks (W7). */
export const passageWords = (text: string): string =>
  text
    .replace(BLOCK_ID, '')
    .replace(WIKILINK, (_, target: string) => shownText(target))
    .replace(/\s+/g, ' ')
    .trim()
