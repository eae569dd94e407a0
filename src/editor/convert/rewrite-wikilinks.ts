import * as Y from 'yjs'
import type { PropertyValue } from '../../core/note/note.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { WIKILINK } from './tree-to-v2.ts'

/** Wikilinks in source that is not parsed here: verbatim blocks and frontmatter. */
const IN_SOURCE = /(!?\[\[)([^[\]\n\r]+)(\]\])/g

/**
 * Gives links their new target: `rename` gets what stands between the brackets and answers what shall
 * stand there, or null to leave it. In wikilinks, in verbatim blocks and in properties; code stays. One
 * transaction. Answers how many links changed, so that a second run answers 0 where `rename` is idempotent.
 */
export function rewriteWikilinks(doc: Y.Doc, rename: (target: string) => string | null, origin: unknown): number {
  let links = 0
  const counted = (target: string): string | null => {
    const next = rename(target)
    if (next === null || next === target) return null
    links++
    return next
  }
  doc.transact(() => {
    for (const { text, verbatim } of textsOf(rootOf(doc))) {
      if (verbatim) rewriteSource(text, counted)
      else rewriteRuns(text, counted)
    }
    const { properties } = readMeta(doc)
    const before = links
    const next = properties.map(({ key, value }) => ({ key, value: rewriteValue(value, counted) }))
    if (links > before) updateMeta(doc, { properties: next }, origin)
  }, origin)
  return links
}

type Rename = (target: string) => string | null

/** Without recursion: a hostile doc may be as deep as it likes. */
function textsOf(root: Y.XmlElement): { text: Y.XmlText; verbatim: boolean }[] {
  const texts: { text: Y.XmlText; verbatim: boolean }[] = []
  const queue: { element: Y.XmlElement; verbatim: boolean }[] = [{ element: root, verbatim: false }]
  for (const { element, verbatim } of queue) {
    if (element.nodeName === 'code') continue
    for (const child of element.toArray()) {
      const inside = verbatim || element.nodeName === 'verbatim'
      if (child instanceof Y.XmlText) texts.push({ text: child, verbatim: inside })
      else if (child instanceof Y.XmlElement) queue.push({ element: child, verbatim: inside })
    }
  }
  return texts
}

function rewriteRuns(text: Y.XmlText, rename: Rename): void {
  const edits: Edit[] = []
  let at = 0
  for (const op of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof op.insert !== 'string') {
      at++
      continue
    }
    const type = op.attributes?.t
    const link = type === 'wikilink' ? WIKILINK.exec(op.insert) : null
    const from = link?.[2]
    if (link && from !== undefined) {
      const to = rename(from)
      if (to !== null) edits.push({ at: at + (link[1] as string).length + 2, from, to })
    }
    // the words of a footnote in the text
    if (type === 'raw' && op.insert.startsWith('^[')) edits.push(...editsIn(op.insert, at, rename))
    at += op.insert.length
  }
  apply(text, edits)
}

function rewriteSource(text: Y.XmlText, rename: Rename): void {
  const source = (text.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\u0000'))
    .join('')
  apply(text, editsIn(source, 0, rename))
}

type Edit = { readonly at: number; readonly from: string; readonly to: string }

function editsIn(source: string, start: number, rename: Rename): Edit[] {
  const edits: Edit[] = []
  for (const match of source.matchAll(IN_SOURCE)) {
    const from = match[2] as string
    const to = rename(from)
    if (to !== null) edits.push({ at: start + match.index + (match[1] as string).length, from, to })
  }
  return edits
}

/** From the end to the start. Text that is inserted inside a run takes the run's attributes. */
function apply(text: Y.XmlText, edits: readonly Edit[]): void {
  for (const { at, from, to } of [...edits].reverse()) {
    // New before old: at its own place inside the run, with the former target still on both sides of it.
    text.insert(at, to)
    text.delete(at + to.length, from.length)
  }
}

function rewriteValue(value: PropertyValue, rename: Rename): PropertyValue {
  if (typeof value === 'string') {
    return value.replace(IN_SOURCE, (whole, open: string, target: string, close: string) => {
      const next = rename(target)
      return next === null ? whole : open + next + close
    })
  }
  if (Array.isArray(value)) return value.map((item) => rewriteValue(item, rename))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewriteValue(item, rename)]))
  }
  return value
}
