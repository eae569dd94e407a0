import { Document, isMap, type Node, type Pair, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml'
import type { PropertyValue } from '../note/note.ts'
import { editList, inFlow } from './frontmatter-list.ts'
import { keyText, readYaml, YAML_OPTIONS } from './frontmatter-read.ts'

export type YamlEdit = {
  readonly key: string
  /** `undefined` takes the key out. */
  readonly value: PropertyValue | undefined
  /** The key has had this name, and stays in its place with the same value. */
  readonly was?: string
  /** Of a new key: the one that it stands behind; at the end without. */
  readonly behind?: string
}

/** No folding of long lines: it would change what nobody touched. */
const PRINT = { lineWidth: 0, flowCollectionPadding: false, indentSeq: true } as const

/** A new slice, fences included; '' for nothing. */
export function printYaml(edits: readonly YamlEdit[]): string {
  const set = edits.filter((edit) => edit.value !== undefined)
  if (set.length === 0) return ''
  const document = new Document(new Map(set.map(({ key, value }) => [key, value])), YAML_OPTIONS)
  return `---\n${document.toString(PRINT)}---\n`
}

/**
 * The slice with some keys set or taken out, line by line: every other line stays as it was. `body` is what stands
 * between the fences, with `\n` for every line end; the slice's own line ends are given back.
 */
export function editYaml(slice: string, body: string, edits: readonly YamlEdit[]): string {
  let text = body === '' ? '' : `${body}\n`
  for (const edit of edits) text = editKey(text, edit)
  const end = slice.includes('\r\n') ? '\r\n' : '\n'
  const lines = slice.replace(/\r\n?/g, '\n').trimEnd().split('\n')
  if (text.trim() === '' && body.trim() !== '') return ''
  const whole = `${lines[0] ?? '---'}\n${text}${lines[lines.length - 1] ?? '---'}\n`
  return end === '\n' ? whole : whole.replaceAll('\n', end)
}

type Block = YAMLMap<Scalar, Node | null>
type Place = {
  readonly from: number
  readonly to: number
  readonly flow: boolean
  readonly pair: Pair<Scalar, Node | null>
}

/** Where a key of a block map stands: from the start of its line to the start of the next key's, comments left out. */
function placeOf(text: string, map: Block, key: string): Place | null {
  for (const pair of map.items) {
    const from = pair.key.range?.[0]
    if (keyText(pair.key) !== key || from === undefined) continue
    const lineStart = text.lastIndexOf('\n', from - 1) + 1
    const valueEnd = Math.max(pair.value?.range?.[1] ?? 0, pair.key.range?.[1] ?? 0)
    const lineEnd = text.indexOf('\n', text[valueEnd - 1] === '\n' ? valueEnd - 1 : valueEnd)
    return { from: lineStart, to: lineEnd < 0 ? text.length : lineEnd + 1, flow: map.flow === true, pair }
  }
  return null
}

function find(text: string, key: string): Place | null {
  const { contents } = parseDocument(text, YAML_OPTIONS)
  return isMap(contents) ? placeOf(text, contents as Block, key) : null
}

function editKey(given: string, edit: YamlEdit): string {
  if (edit.was !== undefined) return renameKey(given, edit.was, edit)
  const { key, value, behind } = edit
  const text = withoutAliasesOf(given, key)
  const range = find(text, key)
  if (!range && value === undefined) return text
  if (range?.flow || (!range && text.trimStart().startsWith('{'))) return editFlow(text, key, value)
  if (!range) {
    const at = (behind === undefined ? null : find(text, behind))?.to ?? text.length
    return value === undefined ? text : text.slice(0, at) + printEntry(key, value, false) + text.slice(at)
  }
  const old = text.slice(range.from, range.to)
  const list = Array.isArray(value) ? editList(old, key, value) : null
  const entry = value === undefined ? '' : (list ?? withComment(printEntry(key, value, isFlowList(old)), old))
  return text.slice(0, range.from) + entry + text.slice(range.to)
}

function renameKey(text: string, was: string, { key, value }: YamlEdit): string {
  const range = find(text, was)?.pair.key.range
  if (range) {
    const name = printEntry(key, null, false).replace(/: null\n$/, '')
    const renamed = text.slice(0, range[0]) + name + text.slice(range[1])
    const { frontmatter } = readYaml(renamed)
    if (frontmatter.values.some(([other, own]) => other === key && JSON.stringify(own) === JSON.stringify(value))) {
      return renamed
    }
  }
  return editKey(editKey(text, { key: was, value: undefined }), { key, value })
}

/**
 * What another key says by an alias of this one (`*name`) is written out there: it goes on meaning the same, and an
 * alias whose anchor went would make all of it unreadable.
 */
function withoutAliasesOf(text: string, key: string): string {
  if (!/[&*]/.test(text)) return text
  const document = parseDocument(text, YAML_OPTIONS)
  const place = isMap(document.contents) ? placeOf(text, document.contents as Block, key) : null
  if (!place || document.errors.length > 0) return text
  const own = new Set<unknown>()
  const note = (_: unknown, node: Node) => {
    if ('anchor' in node && node.anchor) own.add(node)
  }
  for (const node of [place.pair.key, place.pair.value]) if (node) visit(node, { Node: note })
  let free = text
  const aliases: { from: number; to: number; says: string }[] = []
  visit(document, {
    Pair: (_, pair) => (pair === place.pair ? visit.SKIP : undefined),
    Alias: (_, alias) => {
      const node = alias.resolve(document)
      if (!node || !own.has(node) || !alias.range) return
      aliases.push({ from: alias.range[0], to: alias.range[1], says: inFlow(node.toJS(document)) })
    },
  })
  for (const { from, to, says } of aliases.reverse()) free = free.slice(0, from) + says + free.slice(to)
  return free
}

const isFlowList = (source: string): boolean => /^[^\n]*?:\s*\[/.test(source)

/** A comment behind a value stays there while both are one line. */
function withComment(entry: string, old: string): string {
  const comment = /^[^\n'"]*?[^\n'"\s]([ \t]+#[^\n]*)\n?$/.exec(old)?.[1]
  return comment && entry.indexOf('\n') === entry.length - 1 ? `${entry.slice(0, -1)}${comment}\n` : entry
}

function printEntry(key: string, value: PropertyValue, flow: boolean): string {
  const document = new Document(new Map([[key, value]]), YAML_OPTIONS)
  if (flow && Array.isArray(value)) {
    const node = document.get(key, true) as { flow?: boolean } | undefined
    if (node) node.flow = true
  }
  return document.toString(PRINT)
}

/** A whole map in braces: rare enough to be printed anew. */
function editFlow(text: string, key: string, value: PropertyValue | undefined): string {
  const document = parseDocument(text, YAML_OPTIONS)
  if (value === undefined) document.delete(key)
  else document.set(key, value)
  return document.toString(PRINT)
}
