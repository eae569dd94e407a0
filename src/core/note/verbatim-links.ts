import { parseWikilink, shownText } from '../link/wikilink.ts'
import { parseInlines } from '../markdown/inline.ts'
import { MENTIONS } from '../relation/words.ts'
import { LineReader } from './line-reader.ts'
import type { ExtractedLink } from './note-text.ts'
import { sentenceAround, sentenceStarts } from './sentence.ts'

const FENCED = /^( {0,3}>?\s*)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n[ >]*\2[ \t]*(?=\n|$)|$)/gm
const SPAN = /(`+)(?!`)[^`][\s\S]*?(?<!`)\1(?!`)/g
const COMMENT = /%%[\s\S]*?%%|<!--[\s\S]*?-->/g
const WIKILINK = /(!?)\[\[((?:[^[\]\n]|\\\|)+)\]\]/g

/** The source of a verbatim block without its code and comments, which hold no links and no tags. */
export const withoutCode = (source: string): string =>
  source.includes('`') || source.includes('~~~') || source.includes('%%') || source.includes('<!--')
    ? source.replace(FENCED, '').replace(SPAN, ' ').replace(COMMENT, ' ')
    : source

const TABLE = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|/m
const PREFIX = /^[\s>|]*(?:\[![^\]]*\][+-]?|(?:[-*+]|\d+[.)])(?:\s+\[[ xX]\])?(?=\s))?\s*/
const NO_LABELS: ReadonlySet<string> = new Set()

/** The wikilinks of a verbatim block (odd lists, tables with rows that are too long), each with its line as a reader would see it. */
export function verbatimLinks(source: string): ExtractedLink[] {
  if (!source.includes('[[')) return []
  const links = TABLE.test(source) ? rowLinks : lineLinks
  return source.split('\n').flatMap((line) => (line.includes('[[') ? links(line.replace(PREFIX, '')) : []))
}

/** A line of text, in which relations count as everywhere. */
function lineLinks(text: string): readonly ExtractedLink[] {
  const reader = new LineReader()
  for (const inline of parseInlines(text, NO_LABELS) ?? []) reader.add(inline)
  return reader.end().links
}

function rowLinks(text: string): ExtractedLink[] {
  const found: { target: string; embed: boolean; from: number; to: number }[] = []
  let shown = ''
  let at = 0
  for (const match of text.matchAll(WIKILINK)) {
    shown += plain(text.slice(at, match.index))
    const target = (match[2] ?? '').replaceAll('\\|', '|')
    const from = shown.length
    shown += shownText(target)
    found.push({ target, embed: match[1] === '!', from, to: shown.length })
    at = match.index + match[0].length
  }
  if (found.length === 0) return []
  shown += plain(text.slice(at))
  const starts = sentenceStarts(shown)
  return found.map(({ target, embed, from, to }) => {
    const { name, anchor } = parseWikilink(target)
    return { target: name, anchor, relation: MENTIONS, embed, ...sentenceAround(shown, starts, from, to) }
  })
}

/** Cells of a table stand side by side; the signs around words are not for reading. */
const plain = (text: string): string =>
  text
    .replace(/\s*\|\s*$/, '')
    .replace(/\s*\|\s*/g, ' · ')
    .replace(/\*\*|__|==|~~/g, '')
