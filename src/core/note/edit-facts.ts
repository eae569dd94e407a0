import { err, ok, type Result } from '../base/result.ts'
import type { NoteMeta, PropertyValue } from './note.ts'

/** What a person may change of a note's frontmatter: its properties, and `tags` and `aliases`, which stand first. */
export type Facts = Pick<NoteMeta, 'tags' | 'aliases' | 'properties'>

export type FactEdit =
  /** A new property, at the end. */
  | { readonly is: 'add'; readonly key: string; readonly value: PropertyValue }
  /** Another value of one that stands there. `tags` and `aliases` take lists of texts. */
  | { readonly is: 'set'; readonly key: string; readonly value: PropertyValue }
  | { readonly is: 'rename'; readonly key: string; readonly to: string }
  | { readonly is: 'remove'; readonly key: string }
  /** To be the `at`th of the properties, from 0. */
  | { readonly is: 'place'; readonly key: string; readonly at: number }

export const FACT_FAULTS = ['missing', 'taken', 'reserved', 'no-name', 'no-list'] as const
/**
 * `missing`: there is none of that name. `taken`: there is one already. `reserved`: a word that Throughline reads by
 * itself, such as `id`. `no-name`: empty, longer than 100 characters, or of several lines. `no-list`: tags and
 * aliases are lists of texts.
 */
export type FactFault = (typeof FACT_FAULTS)[number]

/** Written by Throughline from what it knows, or read as what another word is for (MARKDOWN.md, "Frontmatter"). */
const RESERVED: ReadonlySet<string> = new Set(['id', 'kind', 'created', 'alias', 'tag'])
const LISTS: ReadonlySet<string> = new Set(['tags', 'aliases'])
const LONGEST_NAME = 100

/** The facts after an edit. Order is kept; nothing but what the edit names changes. */
export function editFacts(facts: Facts, edit: FactEdit): Result<Facts, FactFault> {
  if (LISTS.has(edit.key)) return editList(facts, edit.key as 'tags' | 'aliases', edit)
  const { properties } = facts
  const at = properties.findIndex(({ key }) => key === edit.key)
  if (edit.is === 'add') {
    const fault = nameFault(facts, edit.key)
    if (fault) return err(fault)
    return ok({ ...facts, properties: [...properties, { key: edit.key.trim(), value: edit.value }] })
  }
  const property = properties[at]
  if (!property) return err('missing')
  switch (edit.is) {
    case 'set':
      // one that stands there has a value that says nothing to Throughline: another might
      if (RESERVED.has(edit.key)) return err('reserved')
      return ok({ ...facts, properties: properties.with(at, { ...property, value: edit.value }) })
    case 'rename': {
      const to = edit.to.trim()
      if (to === edit.key) return ok(facts)
      const fault = LISTS.has(to) ? 'reserved' : nameFault(facts, to)
      return fault ? err(fault) : ok({ ...facts, properties: properties.with(at, { ...property, key: to }) })
    }
    case 'remove':
      return ok({ ...facts, properties: properties.toSpliced(at, 1) })
    case 'place':
      return ok({ ...facts, properties: properties.toSpliced(at, 1).toSpliced(edit.at, 0, property) })
  }
}

function editList(facts: Facts, key: 'tags' | 'aliases', edit: FactEdit): Result<Facts, FactFault> {
  if (edit.is === 'remove') return ok({ ...facts, [key]: [] })
  if (edit.is !== 'set' && edit.is !== 'add') return err('reserved')
  if (edit.is === 'add' && facts[key].length > 0) return err('taken')
  const texts = textsOf(edit.value, key === 'tags')
  return texts ? ok({ ...facts, [key]: [...new Set(texts)] }) : err('no-list')
}

/** A tag is written without its sign, and has no blanks: `a b` is two. */
function textsOf(value: PropertyValue, areTags: boolean): string[] | null {
  if (value === '' || value === null) return []
  const items = Array.isArray(value) ? value : [value]
  if (items.some((item) => typeof item === 'object')) return null
  const texts = items.map((item) => String(item).trim())
  const parted = areTags ? texts.flatMap((text) => text.split(/[\s,]+/)).map((text) => text.replace(/^#+/, '')) : texts
  return parted.filter((text) => text !== '')
}

function nameFault({ properties }: Facts, name: string): FactFault | null {
  const key = name.trim()
  if (key === '' || key.length > LONGEST_NAME || /[\p{Cc}\u2028\u2029]/u.test(key)) return 'no-name'
  if (RESERVED.has(key)) return 'reserved'
  return properties.some((property) => property.key === key) ? 'taken' : null
}
