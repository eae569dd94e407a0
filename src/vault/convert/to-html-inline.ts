import type { MarkdownIt, StateInline } from 'markdown-it'
import { readingOf, relationWord } from '../../core/relation/words.ts'
import { embedHole } from './html-holes.ts'

/** What the dialect has inside a line beyond CommonMark and GFM (MARKDOWN.md), as rules of markdown-it. */
export function dialectInlines(md: MarkdownIt): void {
  const { ruler } = md.inline
  ruler.before('text', 'relation', relation)
  ruler.before('escape', 'comment', comment)
  ruler.before('escape', 'math', math)
  ruler.before('escape', 'line_break', lineBreak)
  ruler.before('strikethrough', 'highlight', highlight)
  ruler.before('link', 'verb', bracketedRelation)
  ruler.before('link', 'wikilink', wikilink)
  ruler.before('link', 'tag', tag)
}

function matchAt(pattern: RegExp, state: StateInline): RegExpExecArray | null {
  pattern.lastIndex = state.pos
  const match = pattern.exec(state.src)
  return match && state.pos + match[0].length <= state.posMax ? match : null
}

const WIKILINK = /(!?)\[\[([^[\]\n]+)\]\]/y

function wikilink(state: StateInline, silent: boolean): boolean {
  const match = matchAt(WIKILINK, state)
  const target = match?.[2] ?? ''
  if (!match || target.trim() === '') return false
  state.pos += match[0].length
  if (silent) return true
  const token = state.push(match[1] === '!' ? 'embed' : 'wikilink', '', 0)
  token.content = target
  // Whatever is no picture may be a note, which is shown below the paragraph.
  token.meta = { isBlock: embedHole(target).hole === 'embed' }
  return true
}

const WORD = String.raw`(\p{L}[\p{L}\p{N} _-]{0,40}?)::[ \t]*`
const LINE_RELATION = new RegExp(`${WORD}(?=!?\\[\\[)`, 'uy')
const SENTENCE_RELATION = new RegExp(String.raw`\[${WORD}((?:\[\[[^[\]\n]+\]\](?:,?[ \t]*(?=\[))?)+)\]`, 'uy')

function verbOf(word: string | undefined): string | null {
  const known = word === undefined ? null : relationWord(word)
  return known === null ? null : readingOf(known, false)
}

/** `verb:: [[Target]]` at the beginning of a line; a word that is not in the list is text. */
function relation(state: StateInline, silent: boolean): boolean {
  if (state.pos !== 0 && state.src.charCodeAt(state.pos - 1) !== 0x0a) return false
  const match = matchAt(LINE_RELATION, state)
  const verb = match && verbOf(match[1])
  if (!match || verb === null) return false
  if (!silent) state.push('verb', '', 0).content = verb
  state.pos += match[0].length
  return true
}

/** `[verb:: [[Target]]]` inside a sentence. */
function bracketedRelation(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x5b) return false
  const match = matchAt(SENTENCE_RELATION, state)
  const verb = match && verbOf(match[1])
  if (!match || verb === null) return false
  const end = state.pos + match[0].length
  if (!silent) {
    state.push('verb', '', 0).content = verb.toLowerCase()
    inside(state, end - 1 - (match[2] ?? '').length, end - 1)
  }
  state.pos = end
  return true
}

/** Reads a part of the line as a line of its own. */
function inside(state: StateInline, from: number, to: number): void {
  const { posMax } = state
  state.pos = from
  state.posMax = to
  state.md.inline.tokenize(state)
  state.posMax = posMax
}

/** Once a closing sign was looked for in vain, no later opening one finds it either. */
function hasNone(state: StateInline, sign: string): boolean {
  return state.env[`none ${sign}`] === state.src
}
function rememberNone(state: StateInline, sign: string): void {
  state.env[`none ${sign}`] = state.src
}

const isBlank = (code: number): boolean => Number.isNaN(code) || code === 0x20 || code === 0x09 || code === 0x0a

/** Exactly two, as `==` stands in `a == b` and in `====`, where it marks nothing. */
function isPair(src: string, at: number): boolean {
  return src.startsWith('==', at) && src[at - 1] !== '=' && src[at + 2] !== '='
}

function highlight(state: StateInline, silent: boolean): boolean {
  const { src, pos, posMax } = state
  if (!isPair(src, pos) || isBlank(src.charCodeAt(pos + 2)) || hasNone(state, '==')) return false
  let end = src.indexOf('==', pos + 3)
  while (end >= 0 && end + 2 <= posMax && !(isPair(src, end) && !isBlank(src.charCodeAt(end - 1)))) {
    end = src.indexOf('==', end + 2)
  }
  if (end < 0 || end + 2 > posMax) {
    if (end < 0) rememberNone(state, '==')
    return false
  }
  if (!silent) {
    state.push('mark_open', 'mark', 1)
    inside(state, pos + 2, end)
    state.push('mark_close', 'mark', -1)
  }
  state.pos = end + 2
  return true
}

/** `%%…%%` and `<!-- … -->` are for the writer: they are left out. */
function comment(state: StateInline, _silent: boolean): boolean {
  const { src, pos, posMax } = state
  const [open, close] = src.startsWith('%%', pos) ? ['%%', '%%'] : src.startsWith('<!--', pos) ? ['<!--', '-->'] : []
  if (open === undefined || close === undefined || hasNone(state, close)) return false
  const end = src.indexOf(close, pos + open.length)
  if (end < 0) rememberNone(state, close)
  if (end < 0 || end + close.length > posMax) return false
  state.pos = end + close.length
  return true
}

const MATH = /\$\$([^$\n]+)\$\$|\$((?![\s$])(?:[^$\\\n]|\\.)*?(?:[^\s$\\]|\\[^\s]))\$(?!\d)/y

/** As written: there is nothing in the file that could set it. */
function math(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x24) return false
  const match = matchAt(MATH, state)
  if (!match) return false
  if (!silent) state.push('math', '', 0).content = match[1] ?? match[2] ?? ''
  state.pos += match[0].length
  return true
}

const BR = /<br[ \t]*\/?>/iy

/** The one tag that is read: tables have no other way to say it. */
function lineBreak(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x3c) return false
  const match = matchAt(BR, state)
  if (!match) return false
  if (!silent) state.push('hardbreak', 'br', 0)
  state.pos += match[0].length
  return true
}

const TAG = /(?<![\p{L}\p{N}_/#&-])#([\p{L}\p{N}_/-]*[\p{L}\p{N}_-])/uy

function tag(state: StateInline, silent: boolean): boolean {
  if (state.src.charCodeAt(state.pos) !== 0x23) return false
  const match = matchAt(TAG, state)
  if (!match || !/[^\d/]/.test(match[1] ?? '')) return false
  if (!silent) state.push('tag', '', 0).content = match[0]
  state.pos += match[0].length
  return true
}
