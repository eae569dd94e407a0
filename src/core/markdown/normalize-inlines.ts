import { isSpace } from './characters.ts'
import { addMarks, isHeldByLinks, parseInlines } from './inline.ts'
import { angleLink, isWikilinkTarget } from './inline-tokens.ts'
import {
  commonMarks,
  isNested,
  joinText,
  marksAround,
  marksIn,
  nestInlines,
  nestOf,
  PROSE_MARKS,
  stepsOf,
  withNest,
} from './nesting.ts'
import type { Break, Inline, Link, Marks, Raw, Text } from './tree.ts'
import { MARK } from './tree.ts'

const ALL_MARKS = PROSE_MARKS | MARK.code

/**
 * Inlines as Markdown can say them, so that one meaning has one form (SPEC, N1 to N7): text joined, no spaces at
 * the edges of lines, no marks on spaces at the edge of a marked passage, nothing empty, nothing that would not be
 * read back as itself. Raw sources are taken as they are: see `soundInlines`.
 */
export function normalizeInlines(inlines: readonly Inline[], oneLine = false): Inline[] {
  const flat: Inline[] = []
  for (const inline of inlines) flatten(inline, oneLine, flat)
  return tidy(flat, 0, true)
}

/** Spaces and marks in their place, text joined. `edges`: see `trimLines`. */
function tidy(inlines: readonly Inline[], outer: Marks, edges: boolean): Inline[] {
  const nested = isNested(inlines)
  const joined = joinText(nested ? withAllNests(inlines, outer) : inlines)
  const tidied = joinText(unmarkEdges(trimLines(joined, edges)))
  return nested ? joinText(onlyNeeded(tidied, outer)) : tidied
}

function withAllNests(inlines: readonly Inline[], outer: Marks): Inline[] {
  const steps = stepsOf(inlines, innerMarks(inlines, outer), outer)
  return inlines.map((inline, at) => withNest(inline, nestOf(steps[at] ?? { open: '', kept: 0 })))
}

function onlyNeeded(inlines: readonly Inline[], outer: Marks): Inline[] {
  const marks = innerMarks(inlines, outer)
  return nestInlines(inlines, stepsOf(inlines, marks, outer), marks, outer)
}

const innerMarks = (inlines: readonly Inline[], outer: Marks): Marks[] =>
  marksAround(inlines).map((marks) => marks & ~outer)

/**
 * Raw inlines mean what their source reads as: an unfinished `$x` is text, and is escaped when it is printed.
 * Done before `normalizeInlines`, for inlines that do not come from the parser.
 */
export function soundInlines(inlines: readonly Inline[], labels: ReadonlySet<string>): Inline[] {
  const sound = soundRaws(inlines, labels).flatMap((inline): Inline[] => {
    if (inline.type !== 'link') return [inline]
    const children = soundRaws(inline.children, labels)
    const held = children.filter(isHeldByLinks)
    // A link in a link: the inner ones stay, and the words around them.
    return held.length === children.length ? [{ ...inline, children: held }] : children
  })
  return sound.map((inline, at) => {
    // `[label][text](url)` is no reference any more.
    const joins = inline.type === 'raw' && SHORTCUT.test(inline.source) && sound[at + 1]?.type === 'link'
    return joins ? { type: 'text', text: inline.source, marks: inline.marks } : inline
  })
}

const SHORTCUT = /^\[[^^][^\]]*\]$/

/** Raw neighbours are read together: `$a$` and `$$b$$` side by side are something else. */
function soundRaws(inlines: readonly Inline[], labels: ReadonlySet<string>): Inline[] {
  const out: Inline[] = []
  for (let at = 0; at < inlines.length; ) {
    const first = inlines[at]
    if (first?.type !== 'raw') {
      if (first) out.push(first)
      at += 1
      continue
    }
    const run: Raw[] = []
    for (let next: Inline | undefined = first; next?.type === 'raw' && sameMarks(next, first); next = inlines[at]) {
      run.push({ ...next, source: unindentLines(next.source) })
      at += 1
    }
    out.push(...readRaws(run, labels))
  }
  return out
}

const sameMarks = (a: Raw, b: Raw): boolean => ((a.marks ^ b.marks) & PROSE_MARKS) === 0

function readRaws(run: readonly Raw[], labels: ReadonlySet<string>): Inline[] {
  const sources = run.map((raw) => raw.source).filter((source) => source !== '')
  const read = parseInlines(sources.join(''), labels)
  const same = read?.every((inline, at) => inline.type === 'raw' && inline.source === sources[at])
  if (!read || (same && read.length === sources.length)) return [...run]
  return read.map((inline) => addMarks(inline, (run[0]?.marks ?? 0) & PROSE_MARKS))
}

const unindentLines = (source: string): string => cleanText(source).replace(/\n[ \t\n]*/g, '\n')

/** Takes line ends out of text, drops what is empty, and turns what cannot be said into what can. */
function flatten(inline: Inline, oneLine: boolean, out: Inline[]): void {
  switch (inline.type) {
    case 'break':
      out.push(oneLine ? withNest(SPACE, inline.nest) : inline)
      return
    case 'raw': {
      const source = oneLine ? inline.source.replace(/\s*\n\s*/g, ' ') : unindentLines(inline.source)
      if (source !== '') out.push({ ...inline, source, marks: inline.marks & PROSE_MARKS })
      return
    }
    case 'wikilink': {
      const marks = inline.marks & PROSE_MARKS
      if (isWikilinkTarget(inline.target)) out.push({ ...inline, marks })
      else flattenText(`${inline.embed ? '!' : ''}[[${inline.target}]]`, marks, inline.nest, oneLine, out)
      return
    }
    case 'link': {
      const link = normalizeLink(inline, oneLine)
      if (link) out.push(link)
      return
    }
    default:
      flattenText(inline.text, inline.marks & ALL_MARKS, inline.nest, oneLine, out)
  }
}

const SPACE: Text = { type: 'text', text: ' ', marks: 0 }
const SUSPECT = /[\0\r\ud800-\udfff]/
const UNWRITABLE = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** Only `\n` as line end, and nothing that UTF-8 cannot hold. */
export const cleanText = (text: string): string =>
  SUSPECT.test(text) ? text.replace(/\r\n?/g, '\n').replace(UNWRITABLE, '\ufffd') : text

function flattenText(text: string, marks: Marks, nest: string | undefined, oneLine: boolean, out: Inline[]): void {
  const clean = cleanText(text)
  if (clean === '') return
  const push = (text: string) => out.push(withNest({ type: 'text', text, marks }, nest))
  if (!clean.includes('\n')) push(clean)
  else if (oneLine || (marks & MARK.code) !== 0) push(clean.replaceAll('\n', ' '))
  else {
    clean.split('\n').forEach((line, index) => {
      if (index > 0) out.push({ type: 'break', hard: false })
      if (line !== '') push(line)
    })
  }
}

/** Null for a link without content. Marks that a link has as a whole are those of all its children. */
function normalizeLink(link: Link, oneLine: boolean): Link | null {
  const flat: Inline[] = []
  for (const child of link.children) flatten(child, oneLine, flat)
  const around = link.nest === undefined ? link.outside : marksIn(link.nest)
  const children = tidy(flat, (around ?? 0) & commonMarks(link), false).filter(isLinkChild)
  if (children.length === 0) return null
  const { outside } = link
  const title = link.title.replace(/\s*[\n\r]\s*/g, ' ')
  const url = isAngleLink(link.url, title, children) ? link.url : writableUrl(link.url)
  return withNest({ type: 'link', url, title, children, ...(outside === undefined ? {} : { outside }) }, link.nest)
}

/** `<https://…>`: the address is its own text, and holds what it likes. */
function isAngleLink(url: string, title: string, children: Link['children']): boolean {
  const only = children.length === 1 ? children[0] : undefined
  if (title !== '' || only?.type !== 'text' || (only.marks & MARK.code) !== 0) return false
  return angleLink(`<${only.text}>`, 0)?.url === url
}

const isLinkChild = (inline: Inline): inline is Text | Raw | Break =>
  inline.type === 'text' || inline.type === 'raw' || inline.type === 'break'

// An address is printed as written or between angle brackets; neither can hold these.
const writableUrl = (url: string): string =>
  url
    .replace(/[\n\r]/g, '')
    .replaceAll('\t', '%09')
    .replace(/^ +| +$/g, '')
    .replace(/(?<!\\)((?:\\\\)*)[<>]/g, (bracket, slashes: string) => slashes + (bracket.endsWith('<') ? '%3C' : '%3E'))
    .replace(/(?<!\\)((?:\\\\)*)\\$/, '$1%5C')

/** Spaces beside a line's edges go, breaks at the edges of all go, and several soft breaks become one. */
function trimLines(inlines: readonly Inline[], edges = true): Inline[] {
  if (!edges && !inlines.some((inline) => inline.type === 'break')) return [...inlines]
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out[out.length - 1]
    if (inline.type === 'break') {
      trimEnd(out)
      const previous = out[out.length - 1]
      if (!previous) continue
      if (previous.type === 'break' && !(previous.hard && inline.hard)) {
        out[out.length - 1] = { ...previous, hard: previous.hard || inline.hard }
      } else out.push(inline)
      continue
    }
    if (inline.type === 'text' && (inline.marks & MARK.code) === 0) {
      const starts = last ? last.type === 'break' : edges
      const text = starts ? inline.text.replace(/^[ \t]+/, '') : inline.text
      if (text !== '') out.push(text === inline.text ? inline : { ...inline, text })
      continue
    }
    out.push(inline)
  }
  if (edges) trimEnd(out)
  while (out[out.length - 1]?.type === 'break') {
    out.pop()
    if (edges) trimEnd(out)
  }
  return out
}

function trimEnd(out: Inline[]): void {
  for (let last = out[out.length - 1]; last?.type === 'text'; last = out[out.length - 1]) {
    if ((last.marks & MARK.code) !== 0) return
    const text = last.text.replace(/[ \t]+$/, '')
    if (text === last.text) return
    out.pop()
    if (text !== '') {
      out.push({ ...last, text })
      return
    }
  }
}

/** Spaces at the start or end of a bold passage are not bold: `** x**` is no bold in Markdown. */
function unmarkEdges(inlines: readonly Inline[]): Inline[] {
  if (!inlines.some(hasLooseEdge)) return [...inlines]
  const parts = inlines.flatMap(splitEdges)
  return parts.map((part, at) => {
    if (!isBlank(part)) return part
    const marks = part.marks & marksBeside(parts, at, -1) & marksBeside(parts, at, 1)
    return withNest({ ...part, marks }, onlyMarks(part.nest, marks))
  })
}

const isProse = (inline: Inline): inline is Text => inline.type === 'text' && (inline.marks & MARK.code) === 0
const hasLooseEdge = (inline: Inline): boolean =>
  isProse(inline) && inline.marks !== 0 && (isSpace(inline.text.slice(0, 1)) || isSpace(inline.text.slice(-1)))
const isBlankText = (text: string): boolean => /^[\p{Zs}\t\n\f\r]*$/u.test(text)
const isBlank = (inline: Inline): inline is Text => isProse(inline) && inline.marks !== 0 && isBlankText(inline.text)

const onlyMarks = (nest: string | undefined, marks: Marks): string | undefined =>
  nest === undefined ? nest : [...nest].filter((letter) => (marksIn(letter) & marks) !== 0).join('')

function splitEdges(inline: Inline): Inline[] {
  if (!hasLooseEdge(inline) || inline.type !== 'text') return [inline]
  const { text } = inline
  let start = 0
  while (start < text.length && isSpace(text[start] ?? '')) start += 1
  let end = text.length
  while (end > start && isSpace(text[end - 1] ?? '')) end -= 1
  return [text.slice(0, start), text.slice(start, end), text.slice(end)]
    .filter((text) => text !== '')
    .map((text, at) => withNest({ ...inline, text }, at === 0 ? inline.nest : inline.nest?.toLowerCase()))
}

/** The marks of the next thing that is not blank, and of every blank on the way; 0 at an edge or a line break. */
function marksBeside(parts: readonly Inline[], at: number, step: 1 | -1): number {
  let marks = PROSE_MARKS
  for (let beside = at + step; ; beside += step) {
    const part = parts[beside]
    if (!part || part.type === 'break') return 0
    marks &= commonMarks(part)
    if (marks === 0 || !isProse(part) || !isBlankText(part.text)) return marks
  }
}
