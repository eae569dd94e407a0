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

/** An item has its lines, and the comments up to the next one. */
function editBlockList(
  entry: string,
  old: readonly OldItem[],
  items: readonly PropertyValue[],
  matched: readonly number[],
): string | null {
  const starts = old.map(({ from }) => entry.lastIndexOf('\n', from - 1) + 1)
  const indent = /^[ \t]*(?=-[ \t])/.exec(entry.slice(starts[0], old[0]?.from))?.[0]
  if (indent === undefined || new Set(starts).size < starts.length) return null
  const sliceOf = (at: number) => entry.slice(starts[at], starts[at + 1] ?? entry.length)
  const lines = items.map((item, at) => {
    const kept = matched[at] ?? -1
    return kept < 0 ? print([item], false).replaceAll(/^(?=.)/gm, indent) : sliceOf(kept)
  })
  return entry.slice(0, starts[0]) + lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('')
}

function editFlowList(
  entry: string,
  old: readonly OldItem[],
  items: readonly PropertyValue[],
  matched: readonly number[],
): string | null {
  const first = old[0]
  const second = old[1]
  const last = old[old.length - 1]
  if (!first || !last || entry.slice(first.from, last.to).includes('\n')) return null
  const between = second ? entry.slice(first.to, second.from) : ', '
  const texts = items.map((item, at) => {
    const kept = old[matched[at] ?? -1]
    return kept ? entry.slice(kept.from, kept.to) : print([item], true).trim().slice(1, -1).trim()
  })
  return entry.slice(0, first.from) + texts.join(between) + entry.slice(last.to)
}

function print(items: readonly PropertyValue[], flow: boolean): string {
  const document = new Document(items, YAML_OPTIONS)
  if (flow && isSeq(document.contents)) document.contents.flow = true
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
