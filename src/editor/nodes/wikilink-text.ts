import { WIKILINK } from '../convert/tree-to-v2.ts'

/**
 * An invisible character that is neither a space nor a combining mark nor a place to break a line
 * (Unicode class AL, grapheme class Control): see `maskWikilink`.
 */
const INVISIBLE = '\u2063'

export type WikilinkParts = {
  readonly embed: boolean
  /** What stands between the brackets, unparsed: `core/link` reads it. */
  readonly target: string
  /** The words that a reader sees: text.slice(shownStart, shownEnd). */
  readonly shownStart: number
  readonly shownEnd: number
}

/** Null where `text` is not one wikilink and nothing else. */
export function readWikilinkText(text: string): WikilinkParts | null {
  const match = WIKILINK.exec(text)
  if (!match) return null
  const embed = match[1] === '!'
  const target = match[2] ?? ''
  const start = embed ? 3 : 2
  const [from, to] = shownRange(embed ? target.slice(0, sizeStart(target)) : target)
  return { embed, target, shownStart: start + from, shownEnd: start + to }
}

export const printWikilinkText = (target: string, embed = false): string => `${embed ? '!' : ''}[[${target}]]`

/** Where the size of a picture begins, with its bar: no words. The end where there is none. */
const sizeStart = (target: string): number => {
  const at = target.search(/\\?\|\s*\d{1,4}(?:x\d{1,4})?\s*$/)
  return at < 1 ? target.length : at
}

/** Words after the first bar; else the name without its folders and without a block's id. */
function shownRange(target: string): [number, number] {
  const bar = target.indexOf('|')
  if (bar >= 0 && target.slice(bar + 1).trim() !== '') return [bar + 1, target.length]
  // `[[|]]` names nothing: all of it is shown, because a link of no width could not be seen or reached.
  const nameEnd = bar > 0 ? bar : target.length
  const block = target.indexOf('#^')
  const end = block > 0 && block < nameEnd ? block : nameEnd
  const anchor = target.indexOf('#')
  const slash = target.lastIndexOf('/', anchor > 0 && anchor < end ? anchor : end - 1)
  const start = slash >= 0 && slash + 1 < end ? slash + 1 : 0
  return [start === 0 && target[0] === '#' && end > 1 ? 1 : start, end]
}

/**
 * What the page shows of a wikilink: as long as `text`, with all but the shown words made invisible.
 * Equal length is what keeps Lexical right: it maps offsets in the DOM to offsets in the node one to one.
 */
export function maskWikilink(text: string): string {
  const parts = readWikilinkText(text)
  if (!parts) return text
  const { shownStart, shownEnd } = parts
  return INVISIBLE.repeat(shownStart) + text.slice(shownStart, shownEnd) + INVISIBLE.repeat(text.length - shownEnd)
}

export function shownText(text: string): string {
  const parts = readWikilinkText(text)
  return parts ? text.slice(parts.shownStart, parts.shownEnd) : text
}
