import { parseWikilink, printWikilink } from '../link/wikilink.ts'
import type { Block, Inline, List, Tree } from '../markdown/tree.ts'
import { LineReader } from './line-reader.ts'
import { passagesOf } from './passages.ts'

/** A passage of one note that becomes a note of its own: what in it means the note that it leaves, or its place. */

const RAW_PATH = /^(!\[[^\]\n]*\]\()(?:<([^<>\n]+)>|([^()\s]+))/
const FOOTNOTE = /^\[\^([^\]\s]+)\]/
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i

const isRelative = (url: string): boolean => url !== '' && !/^[#/]/.test(url) && !HAS_SCHEME.test(url)

/** Paths of files and notes beside the note that the passage leaves, as they are written. */
export function relativePaths(tree: Tree): string[] {
  const paths = new Set<string>()
  visit(tree, (inline) => {
    const url = inline.type === 'link' ? inline.url : inline.type === 'raw' ? rawPath(inline.source) : ''
    if (isRelative(url)) paths.add(url)
  })
  return [...paths]
}

function rawPath(source: string): string {
  const match = RAW_PATH.exec(source)
  return match?.[2] ?? match?.[3] ?? ''
}

/** Labels of the footnotes that a passage refers to. */
export function footnoteLabels(tree: Tree): string[] {
  const labels = new Set<string>()
  visit(tree, (inline) => {
    const label = inline.type === 'raw' ? FOOTNOTE.exec(inline.source)?.[1] : undefined
    if (label !== undefined) labels.add(label)
  })
  return [...labels]
}

export type Move = {
  /** How a link names the note that the passage leaves. */
  readonly from: string
  /** New paths for `relativePaths`; those without one stay as they are. */
  readonly paths: ReadonlyMap<string, string>
}

/** The passage as it stands in its new note: links within the old note lead there by its name, paths are right. */
export function movedPassage(tree: Tree, { from, paths }: Move): Tree {
  const own = passagesOf(tree)
  const headings = new Set(own.filter(({ is }) => is === 'heading').map(({ text }) => text.toLowerCase()))
  const ids = new Set(own.map(({ id }) => id.toLowerCase()))
  const staysInside = (anchor: string): boolean =>
    anchor.startsWith('^') ? ids.has(anchor.slice(1).toLowerCase()) : headings.has(anchor.toLowerCase())
  return map(tree, (inline) => {
    if (inline.type === 'wikilink') {
      const parts = parseWikilink(inline.target)
      if (parts.name !== '' || staysInside(parts.anchor)) return inline
      const shown = parts.shown ?? (parts.anchor.startsWith('^') ? null : parts.anchor)
      return { ...inline, target: printWikilink({ ...parts, name: from, shown }) }
    }
    if (inline.type === 'link') return { ...inline, url: paths.get(inline.url) ?? inline.url }
    if (inline.type !== 'raw') return inline
    const path = paths.get(rawPath(inline.source))
    if (path === undefined) return inline
    return { ...inline, source: inline.source.replace(RAW_PATH, (_, start: string) => `${start}${path}`) }
  })
}

const MOST_TITLE = 60
/** Signs that mean something between the brackets of a link, or in a path. */
const NOT_IN_TITLE = /[[\]|#^/\\]/g

/** A title of a passage's first words, at most 60 characters; '' where it has none. */
export function passageTitle(tree: Tree): string {
  const line = firstLine(tree)
    .replace(/\s\^[A-Za-z0-9-]+\s*$/, '')
    .replace(NOT_IN_TITLE, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const sentence = /^.{8,}?[.!?…](?=\s|$)/u.exec(line)?.[0] ?? line
  const words = sentence.length <= MOST_TITLE ? sentence : cut(sentence)
  return words.replace(/[\s.,;:–—-]+$/u, '').replace(/^[\s.]+/, '')
}

function cut(line: string): string {
  const at = line.lastIndexOf(' ', MOST_TITLE)
  return at > MOST_TITLE / 3 ? line.slice(0, at) : [...line].slice(0, MOST_TITLE).join('')
}

function firstLine(tree: Tree): string {
  for (const block of tree) {
    const lines: (readonly Inline[])[] = []
    visitLines([block], (line) => lines.push(line))
    for (const line of lines) {
      const reader = new LineReader()
      for (const inline of line) reader.add(inline)
      const { shown } = reader.end()
      if (/[\p{L}\p{N}]/u.test(shown)) return shown
    }
    if (block.type === 'code' && /\w/.test(block.text))
      return block.text.split('\n').find((line) => /\w/.test(line)) ?? ''
  }
  return ''
}

function visit(tree: Tree, see: (inline: Inline) => void): void {
  visitLines(tree, (line) => {
    for (const inline of line) {
      see(inline)
      if (inline.type === 'link') for (const child of inline.children) see(child)
    }
  })
}

function visitLines(tree: Tree, see: (line: readonly Inline[]) => void): void {
  map(tree, (inline) => inline, see)
}

function map(tree: Tree, change: (inline: Inline) => Inline, see?: (line: readonly Inline[]) => void): Tree {
  const line = (inlines: readonly Inline[]): Inline[] => {
    see?.(inlines)
    return inlines.map(change)
  }
  const list = (each: List): List => ({
    ...each,
    items: each.items.map((item) => ({ ...item, children: line(item.children), lists: item.lists.map(list) })),
  })
  const block = (each: Block): Block => {
    switch (each.type) {
      case 'paragraph':
      case 'heading':
        return { ...each, children: line(each.children) }
      case 'callout':
        return { ...each, title: line(each.title), children: each.children.map(block) }
      case 'quote':
      case 'footnote':
        return { ...each, children: each.children.map(block) }
      case 'list':
        return list(each)
      case 'table':
        return { ...each, rows: each.rows.map((row) => row.map(line)) }
      default:
        return each
    }
  }
  return tree.map(block)
}
