import { shownText } from '../link/wikilink.ts'
import { type Inline, MARK, type Marks } from '../markdown/tree.ts'
import { relationWord } from '../relation/words.ts'
import type { Piece } from './difference.ts'

type Look = Omit<Piece, 'text' | 'change'>

/** A word, a run of spaces, a sign or a wikilink: what a difference takes as one. */
export type Token = {
  /** As a reader sees it. */
  readonly text: string
  /** Two tokens of one key are the same, look and target included. */
  readonly key: string
  /** Shared by the tokens of one run. */
  readonly look: Look
}

/** A word as people count them, and the rest one by one. */
const PART = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’'_-]*|\s+|./gsu
const WORD = /^[\p{L}\p{N}]/u

/** Written before a wikilink, at the start of a line or in brackets (PRODUCT, "Kinds and relations"). */
const VERB = /(^|\n|\[|\()([ \t]*)([\p{L}][\p{L}\p{N} _-]{0,40})::[ \t]*$/u

export const isWord = ({ text }: Token): boolean => WORD.test(text)

/** One shown text for the inlines of a block: their tokens' texts, joined, are what a reader sees. */
export function tokensOf(inlines: readonly Inline[]): Token[] {
  const tokens: Token[] = []
  const add = (text: string, look: Look, extra = ''): void => {
    const sign = `\u0000${signOf(look)}${extra}`
    for (const part of text.match(PART) ?? []) tokens.push({ text: part, key: part + sign, look })
  }
  for (const inline of inlines) {
    switch (inline.type) {
      case 'text':
        add(inline.text, lookOf(inline.marks))
        break
      case 'raw':
        add(inline.source, lookOf(inline.marks), '\u0000raw')
        break
      case 'break':
        tokens.push({ text: '\n', key: inline.hard ? '\n\u0000hard' : '\n', look: PLAIN })
        break
      case 'wikilink': {
        const verb = takeVerb(tokens)
        const look: Look = { ...lookOf(inline.marks), link: 'note', ...(verb === null ? {} : { verb }) }
        const text = shownText(inline.target)
        const key = `${text}\u0000${signOf(look)}\u0000${inline.embed ? '!' : ''}${inline.target}`
        tokens.push({ text, key, look })
        break
      }
      case 'link':
        for (const child of inline.children) {
          const extra = `\u0000${inline.url}\u0000${inline.title}`
          const text = child.type === 'break' ? '\n' : child.type === 'raw' ? child.source : child.text
          add(text, { ...lookOf(child.type === 'break' ? 0 : child.marks), link: 'web' }, extra)
        }
    }
  }
  return tokens
}

/** A verb right before a link is said by the link: its words are taken away. */
function takeVerb(tokens: Token[]): string | null {
  let from = tokens.length
  let text = ''
  // A verb is 41 characters at most; its words and spaces are fewer tokens than that.
  while (from > 0 && tokens.length - from < 48 && text.length < 64) {
    const token = tokens[from - 1] as Token
    if (token.look !== PLAIN) break
    text = token.text + text
    from--
    if (/[[(\n]/.test(token.text)) break
  }
  if (!text.includes('::')) return null
  const match = VERB.exec(text)
  const isAtStart = match?.[1] !== '' || from === 0
  const word = match && isAtStart ? relationWord(match[3] ?? '') : null
  if (!match || word === null) return null
  let cut = match[0].length - (match[1]?.length ?? 0)
  while (cut > 0) cut -= tokens.pop()?.text.length ?? cut
  return word
}

const PLAIN: Look = {}
const looks = new Map<Marks, Look>([[0, PLAIN]])

function lookOf(marks: Marks): Look {
  const known = looks.get(marks)
  if (known) return known
  const look: Look = {
    ...(marks & MARK.bold ? { bold: true } : {}),
    ...(marks & MARK.italic ? { italic: true } : {}),
    ...(marks & MARK.strike ? { strike: true } : {}),
    ...(marks & MARK.code ? { code: true } : {}),
    ...(marks & MARK.highlight ? { highlight: true } : {}),
  }
  looks.set(marks, look)
  return look
}

const signOf = (look: Look): string =>
  (look.bold ? 'b' : '') +
  (look.italic ? 'i' : '') +
  (look.strike ? 's' : '') +
  (look.code ? 'c' : '') +
  (look.highlight ? 'h' : '') +
  (look.link ?? '') +
  (look.verb ? `:${look.verb}` : '')

/** Pieces from tokens with one change, neighbours of one look joined. Two wikilinks stay two. */
export function addPieces(pieces: Piece[], tokens: readonly Token[], change: Piece['change']): void {
  let text = ''
  let look: Look | null = null
  const flush = () => {
    if (look && text !== '') pieces.push({ text, change, ...look })
    text = ''
  }
  for (const token of tokens) {
    if (look && (look === token.look || signOf(look) === signOf(token.look)) && look.link !== 'note') {
      text += token.text
      continue
    }
    flush()
    look = token.look
    text = token.text
  }
  flush()
}

export function wholePieces(tokens: readonly Token[], change: Piece['change']): Piece[] {
  const pieces: Piece[] = []
  addPieces(pieces, tokens, change)
  return pieces
}
