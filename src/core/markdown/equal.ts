import { joinText, withNest } from './nesting.ts'
import type { Block, Callout, Inline, List, Table, Tree } from './tree.ts'

/** Equality by content, block by block. Both sides must be normal: see `treesEqual` in normalize.ts. */
export const sameBlocks = (a: Tree, b: Tree): boolean => sameAll(a, b, sameBlock)

function sameBlock(a: Block, b: Block): boolean {
  if (a === b) return true
  switch (a.type) {
    case 'paragraph':
      return b.type === 'paragraph' && sameInlines(a.children, b.children)
    case 'quote':
      return b.type === 'quote' && sameBlocks(a.children, b.children)
    case 'callout':
      return b.type === 'callout' && sameCallout(a, b)
    case 'footnote':
      return b.type === 'footnote' && a.label === b.label && sameBlocks(a.children, b.children)
    case 'table':
      return b.type === 'table' && sameTable(a, b)
    case 'heading':
      return b.type === 'heading' && a.level === b.level && sameInlines(a.children, b.children)
    case 'code':
      return b.type === 'code' && a.info === b.info && a.text === b.text
    case 'rule':
      return b.type === 'rule'
    case 'list':
      return b.type === 'list' && sameList(a, b)
    default:
      return b.type === 'verbatim' && a.source === b.source
  }
}

const sameCallout = (a: Callout, b: Callout): boolean =>
  a.kind === b.kind && a.fold === b.fold && sameInlines(a.title, b.title) && sameBlocks(a.children, b.children)

export const sameColumns = (a: Table, b: Table): boolean =>
  a.columns.length === b.columns.length && a.columns.every((align, at) => align === b.columns[at])

const sameTable = (a: Table, b: Table): boolean =>
  sameColumns(a, b) && sameAll(a.rows, b.rows, (x, y) => sameAll(x, y, sameInlines))

const sameList = (a: List, b: List): boolean =>
  a.style === b.style &&
  a.start === b.start &&
  sameAll(
    a.items,
    b.items,
    (x, y) => x.checked === y.checked && sameInlines(x.children, y.children) && sameAll(x.lists, y.lists, sameList),
  )

export const sameInlines = (a: readonly Inline[], b: readonly Inline[]): boolean =>
  sameAll(withoutNest(a), withoutNest(b), sameInline)

function sameInline(a: Inline, b: Inline): boolean {
  switch (a.type) {
    case 'text':
      return b.type === 'text' && a.marks === b.marks && a.text === b.text
    case 'wikilink':
      return b.type === 'wikilink' && a.marks === b.marks && a.embed === b.embed && a.target === b.target
    case 'raw':
      return b.type === 'raw' && a.marks === b.marks && a.source === b.source
    case 'break':
      return b.type === 'break' && a.hard === b.hard
    default:
      return b.type === 'link' && a.url === b.url && a.title === b.title && sameInlines(a.children, b.children)
  }
}

function sameAll<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) {
    const x = a[at]
    const y = b[at]
    if (x === undefined || y === undefined || !same(x, y)) return false
  }
  return true
}

/** Equal for what is equal: layout is left out (SPEC, N10). */
export const contentKey = (part: unknown): string => JSON.stringify(part, withoutLayout)

const LAYOUT = new Set(['loose', 'fresh', 'outside', 'blank', 'parted', 'nest'])
const withoutLayout = (key: string, value: unknown): unknown => {
  if (LAYOUT.has(key)) return undefined
  return isNestedList(value) ? withoutNest(value) : value
}

const isNestedList = (value: unknown): value is readonly Inline[] =>
  Array.isArray(value) && value.some((each) => typeof each === 'object' && each !== null && 'nest' in each)

/** Text that only its nesting parts is one. */
const withoutNest = (inlines: readonly Inline[]): readonly Inline[] =>
  joinText(inlines.map((inline) => withNest(inline, undefined)))
