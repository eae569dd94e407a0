import { Document, isMap, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import type { PropertyValue } from '../note/note.ts'
import { editList } from './frontmatter-list.ts'
import { keyText, YAML_OPTIONS } from './frontmatter-read.ts'

/** `undefined` takes the key out. */
export type YamlEdit = { readonly key: string; readonly value: PropertyValue | undefined }

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

/** Where a key of a block map stands: from the start of its line to the start of the next key's, comments left out. */
function keyRange(text: string, key: string): { from: number; to: number; flow: boolean } | null {
  const document = parseDocument(text, YAML_OPTIONS)
  if (!isMap(document.contents)) return null
  const map = document.contents as YAMLMap<Scalar, { range?: [number, number, number] | null } | null>
  for (const pair of map.items) {
    const from = pair.key.range?.[0]
    if (keyText(pair.key) !== key || from === undefined) continue
    const lineStart = text.lastIndexOf('\n', from - 1) + 1
    const valueEnd = Math.max(pair.value?.range?.[1] ?? 0, pair.key.range?.[1] ?? 0)
    const lineEnd = text.indexOf('\n', text[valueEnd - 1] === '\n' ? valueEnd - 1 : valueEnd)
    return { from: lineStart, to: lineEnd < 0 ? text.length : lineEnd + 1, flow: map.flow === true }
  }
  return null
}

function editKey(text: string, { key, value }: YamlEdit): string {
  const range = keyRange(text, key)
  if (!range && value === undefined) return text
  if (range?.flow || (!range && text.trimStart().startsWith('{'))) return editFlow(text, key, value)
  if (!range) return text + (value === undefined ? '' : printEntry(key, value, false))
  const old = text.slice(range.from, range.to)
  const list = Array.isArray(value) ? editList(old, key, value) : null
  const entry = value === undefined ? '' : (list ?? withComment(printEntry(key, value, isFlowList(old)), old))
  return text.slice(0, range.from) + entry + text.slice(range.to)
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
