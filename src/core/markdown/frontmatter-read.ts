import { isMap, parseDocument, Scalar, visit, YAMLMap } from 'yaml'
import type { PropertyValue } from '../note/note.ts'
import type { Frontmatter } from './parsed-note.ts'
import { frontmatterBody } from './split-frontmatter.ts'

/** Dates stay text (the core schema has none), several equal keys and anything that is not YAML are errors. */
export const YAML_OPTIONS = { schema: 'core', version: '1.2', logLevel: 'silent', prettyErrors: false } as const

/**
 * Reads a frontmatter slice, fences included. Never throws. Numbers whose text would change by being read
 * (`1.10`, `007`) stay text.
 */
export const readFrontmatter = (slice: string): Frontmatter => readSlice(slice).frontmatter

export function readSlice(slice: string): YamlReading {
  const body = frontmatterBody(slice)
  const simple = readSimple(body)
  return simple ? { frontmatter: simple, isMap: true } : readYaml(body)
}

export type YamlReading = {
  readonly frontmatter: Frontmatter
  /** False where it is YAML, but a sentence or a list: then it is no frontmatter, only two rules with text between. */
  readonly isMap: boolean
}

export function readYaml(body: string): YamlReading {
  const broken = { frontmatter: { values: [], broken: true }, isMap: true }
  try {
    const document = parseDocument(body, YAML_OPTIONS)
    if (document.errors.length > 0) return broken
    if (document.contents === null) return { frontmatter: { values: [], broken: false }, isMap: true }
    if (!isMap(document.contents)) return { ...broken, isMap: false }
    visit(document, { Scalar: (_, scalar) => keepNumberText(scalar) })
    const values: [string, PropertyValue][] = []
    for (const pair of document.contents.items) {
      const key = keyText(pair.key)
      if (key === null) return broken
      const single = new YAMLMap(document.schema)
      single.items.push(pair)
      const value: unknown = Object.values(single.toJS(document, { maxAliasCount: 100 }) as object)[0]
      values.push([key, toProperty(value)])
    }
    return { frontmatter: { values, broken: false }, isMap: true }
  } catch {
    return broken
  }
}

/** Null for a key that is itself a list or map. */
export function keyText(key: unknown): string | null {
  if (!(key instanceof Scalar)) return null
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value))
}

function keepNumberText(scalar: Scalar): void {
  if (typeof scalar.value === 'number' && scalar.source !== undefined && String(scalar.value) !== scalar.source) {
    scalar.value = scalar.source
  }
}

function toProperty(value: unknown): PropertyValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.map(toProperty)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toProperty(inner)]))
  }
  return null
}

const SIMPLE_KEY = /^([A-Za-z_][\w-]*):(?: +(.*))?$/
const SIMPLE_ITEM = /^ *- +(.*)$/
/** A plain scalar that can only be read as text, or as a whole number; everything else is left to the YAML reader. */
const SIMPLE_TEXT = /^[A-Za-z][A-Za-z0-9_/.,;()'+-]*(?: +[A-Za-z0-9_/.;()'+][A-Za-z0-9_/.,;()'+-]*)*$/
const SIMPLE_DATE = /^\d{4}-\d{2}-\d{2}$/
const SIMPLE_NUMBER = /^(?:0|[1-9]\d{0,14})$/
const NOT_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/i

/**
 * Most frontmatter is keys with plain words and lists of them; reading that by hand takes a hundredth of the YAML
 * reader's time, which is the larger half of an import. Null for anything else. A test holds it to the reader.
 */
function readSimple(body: string): Frontmatter | null {
  const values: [string, PropertyValue][] = []
  const seen = new Set<string>()
  let list: PropertyValue[] | null = null
  let indent = -1
  for (const line of body.split('\n')) {
    const key = SIMPLE_KEY.exec(line)
    if (key) {
      const name = key[1] ?? ''
      if (seen.has(name) || NOT_TEXT.test(name)) return null
      seen.add(name)
      const text = (key[2] ?? '').trim()
      list = text === '' ? [] : null
      indent = -1
      const value = text === '' ? null : readScalar(text)
      if (value === undefined) return null
      values.push([name, value])
      continue
    }
    const item = SIMPLE_ITEM.exec(line)
    const last = values[values.length - 1]
    const value = item && list && last ? readScalar((item[1] ?? '').trim()) : undefined
    const column = line.indexOf('-')
    if (value === undefined || !list || !last || (indent >= 0 && column !== indent)) return null
    indent = column
    list.push(value)
    last[1] = list
  }
  return { values, broken: false }
}

function readScalar(text: string): PropertyValue | undefined {
  if (SIMPLE_NUMBER.test(text)) return Number(text)
  if (SIMPLE_DATE.test(text)) return text
  return SIMPLE_TEXT.test(text) && !NOT_TEXT.test(text) ? text : undefined
}
