import { Document, isSeq, type Node, parseDocument } from 'yaml'
import type { PropertyValue } from '../note/note.ts'
import { align } from './align.ts'
import { readYaml, YAML_OPTIONS } from './frontmatter-read.ts'

/** Where an item of a list stands in its entry. */
type OldItem = { readonly from: number; readonly to: number }

const says = (value: unknown): string => JSON.stringify(value)

/**
 * A key and its list, with other items (SPEC, M2): those that are still the same keep their source, quotes and
 * comments included. Null where the entry is no list that can be edited so, or would not read as `items`.
 *
 * @param entry the lines of the key, with their ends
 */
export function editList(entry: string, key: string, items: readonly PropertyValue[]): string | null {
  const had = listOf(entry, key)
  const nodes = parseDocument(entry, YAML_OPTIONS).get(key, true)
  if (!had || !isSeq(nodes) || had.length === 0 || items.length === 0) return null
  const old: OldItem[] = []
  for (const node of nodes.items) {
    const range = (node as Node | null)?.range
    if (!range) return null
    old.push({ from: range[0], to: range[1] })
  }
  const matched = align(had.map(says), items.map(says))
  const text = nodes.flow ? editFlowList(entry, old, items, matched) : editBlockList(entry, old, items, matched)
  return text !== null && says(listOf(text, key)) === says(items) ? text : null
}

/** As notes are read, so that a number whose text would change is the text that it is there. */
function listOf(entry: string, key: string): readonly PropertyValue[] | null {
  const [only, ...others] = readYaml(entry).frontmatter.values
  return only?.[0] === key && others.length === 0 && Array.isArray(only[1]) ? only[1] : null
}

/** An item has its lines. Comments between items belong to the next one, and stay where it is an item that goes. */
function editBlockList(
  entry: string,
  old: readonly OldItem[],
  items: readonly PropertyValue[],
  matched: readonly number[],
): string | null {
  const starts = old.map(({ from }) => entry.lastIndexOf('\n', from - 1) + 1)
  const indent = /^[ \t]*(?=-[ \t])/.exec(entry.slice(starts[0], old[0]?.from))?.[0]
  if (indent === undefined || new Set(starts).size < starts.length) return null
  const ends = old.map(({ to }, at) => {
    const end = entry.indexOf('\n', entry[to - 1] === '\n' ? to - 1 : to)
    return Math.min(end < 0 ? entry.length : end + 1, starts[at + 1] ?? entry.length)
  })
  const linesOf = (at: number) => ended(entry.slice(starts[at], ends[at]))
  /** What stands between items from one to before another. */
  const between = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from) }, (_, at) => entry.slice(ends[from + at], starts[from + at + 1])).join(
      '',
    )
  let text = entry.slice(0, starts[0])
  let next = 0
  for (const [at, item] of items.entries()) {
    const kept = matched[at] ?? -1
    if (kept < 0) {
      text += ended(print([item]).replaceAll(/^(?=.)/gm, indent))
      continue
    }
    text += between(Math.max(0, next - 1), kept) + linesOf(kept)
    next = kept + 1
  }
  return text + between(Math.max(0, next - 1), old.length)
}

const ended = (lines: string): string => (lines.endsWith('\n') ? lines : `${lines}\n`)

/** What stands between two items belongs to the second; of one line, all of them are parted as the first two are. */
function editFlowList(
  entry: string,
  old: readonly OldItem[],
  items: readonly PropertyValue[],
  matched: readonly number[],
): string | null {
  const first = old[0]
  const second = old[1]
  const last = old[old.length - 1]
  if (!first || !last) return null
  const isOneLine = !entry.slice(first.from, last.to).includes('\n')
  const usual = second ? entry.slice(first.to, second.from) : ', '
  const parted = (at: number) => (isOneLine || at < 1 ? usual : entry.slice(old[at - 1]?.to, old[at]?.from))
  const pieces = items.map((item, at) => {
    const kept = matched[at] ?? -1
    const place = old[kept]
    return { kept, text: place ? entry.slice(place.from, place.to) : inFlow(item) }
  })
  const text = pieces.map((piece, at) => (at === 0 ? piece.text : parted(piece.kept) + piece.text)).join('')
  return entry.slice(0, first.from) + text + entry.slice(last.to)
}

/** A value on one line, as it stands within a list in brackets. */
export function inFlow(value: unknown): string {
  const document = new Document([value], YAML_OPTIONS)
  if (isSeq(document.contents)) document.contents.flow = true
  return document.toString(PRINT).trim().slice(1, -1).trim()
}

const PRINT = { lineWidth: 0, flowCollectionPadding: false } as const

const print = (items: readonly PropertyValue[]): string => new Document(items, YAML_OPTIONS).toString(PRINT)
