import { parseWikilink } from '../link/wikilink.ts'
import {
  type Block,
  type Inline,
  isContainer,
  type List,
  type Text,
  type Tree,
  type Wikilink,
} from '../markdown/tree.ts'
import { SEPARATOR, VERB } from '../note/line-reader.ts'
import type { Property, PropertyValue } from '../note/note.ts'
import { MENTIONS } from './words.ts'

export type RelationEdit = {
  /** The relation that a verb of a text or a property says, as it is spelled in the list; null for none. */
  readonly readAs: (verb: string) => string | null
  /** Whether a link leads to the note that the relation is with. */
  readonly leads: (name: string) => boolean
  /** As it is written here, `MENTIONS` for a plain link. */
  readonly word: string
  /** null: the link stays, and says nothing any more. */
  readonly to: string | null
}

type Edited = { readonly tree: Tree; readonly properties: readonly Property[]; readonly places: number }

/** Of a line longer than this no beginning is a verb, as for whoever reads it (line-reader). */
const REACH = 64

/** Has every link that carries a verb carry another one, or none, in the text and in the properties. */
export function editRelation(tree: Tree, properties: readonly Property[], edit: RelationEdit): Edited {
  let places = 0
  const inlines = (children: readonly Inline[]): readonly Inline[] => {
    const lines = linesOf(children).map((line) => {
      const edited = editLine(line, edit)
      places += edited.places
      return edited.inlines
    })
    return lines.flatMap((line, at) => (at === 0 ? line : [{ type: 'break', hard: false } as const, ...line]))
  }
  const each = (children: readonly Inline[]): readonly Inline[] => {
    const before = places
    const edited = inlines(children)
    // What nothing changed in keeps its own line ends.
    return places === before ? children : edited
  }
  const list = (own: List): List => ({
    ...own,
    items: own.items.map((item) => ({ ...item, children: each(item.children), lists: item.lists.map(list) })),
  })
  const block = (own: Block): Block => {
    if (own.type === 'paragraph' || own.type === 'heading') return { ...own, children: each(own.children) }
    if (own.type === 'list') return list(own)
    if (own.type === 'table') return { ...own, rows: own.rows.map((row) => row.map((cell) => cellOf(cell, each))) }
    if (own.type === 'callout') return { ...own, title: each(own.title), children: own.children.map(block) }
    return isContainer(own) ? { ...own, children: own.children.map(block) } : own
  }
  const next = tree.map(block)
  const facts = editProperties(properties, edit)
  return { tree: next, properties: facts.properties, places: places + facts.places }
}

/** A cell has no line ends: what would stand on a line of its own stands behind it. */
const cellOf = (cell: readonly Inline[], each: (children: readonly Inline[]) => readonly Inline[]): readonly Inline[] =>
  each(cell).map((inline) => (inline.type === 'break' ? { type: 'text', text: ' ', marks: 0 } : inline))

function linesOf(inlines: readonly Inline[]): Inline[][] {
  const lines: Inline[][] = [[]]
  for (const inline of inlines) {
    if (inline.type === 'break') lines.push([])
    else lines.at(-1)?.push(inline)
  }
  return lines
}

const text = (words: string): Text => ({ type: 'text', text: words, marks: 0 })

/** A verb with its links, as places in a line. */
type Group = {
  readonly verb: number
  /** Of the sign or the word in the text that the verb stands in. */
  readonly start: number
  readonly sign: string
  readonly word: string
  readonly links: number[]
  /** The text that closes it, and where; null at the end of the line. */
  closing: { readonly at: number; readonly in: number } | null
}

function groupsOf(line: readonly Inline[], { readAs }: RelationEdit): Group[] {
  const groups: Group[] = []
  let open: Group | null = null
  for (const [at, inline] of line.entries()) {
    if (inline.type === 'wikilink' && !inline.embed) {
      const before = line[at - 1]
      if (open && open.links.at(-1) === at - 1) open.links.push(at)
      else if (open && before?.type === 'text' && open.links.at(-1) === at - 2 && SEPARATOR.test(before.text))
        open.links.push(at)
      else {
        open = before?.type === 'text' ? verbBefore(before, at - 1, readAs) : null
        if (open) groups.push({ ...open, links: open.links })
        open = groups.at(-1) && open ? (groups.at(-1) as Group) : null
      }
      continue
    }
    if (!open || inline.type !== 'text' || open.sign === '' || open.links.at(-1) !== at - 1) continue
    const closes = inline.text.indexOf(open.sign === '(' ? ')' : ']')
    if (closes >= 0 && SEPARATOR.test(inline.text.slice(0, closes))) {
      open.closing = { at, in: closes }
      open = null
    }
  }
  return groups
}

function verbBefore({ text: words }: Text, at: number, readAs: RelationEdit['readAs']): Group | null {
  const match = VERB.exec(words.slice(-REACH))
  if (!match) return null
  const sign = match[1] ?? ''
  if (sign === '' && (at !== 0 || words.length > REACH)) return null
  const word = readAs(match[2] ?? '')
  return word === null
    ? null
    : { verb: at, start: words.length - match[0].length, sign, word, links: [at + 1], closing: null }
}

function editLine(line: Inline[], edit: RelationEdit): { inlines: Inline[]; places: number } {
  const leads = (at: number): boolean => {
    const link = line[at]
    return link?.type === 'wikilink' && edit.leads(parseWikilink(link.target).name)
  }
  const groups = groupsOf(line, edit)
  if (edit.word === MENTIONS) {
    const said = new Set(groups.flatMap(({ links }) => links))
    const at = line.findIndex((inline, i) => inline.type === 'wikilink' && !inline.embed && !said.has(i) && leads(i))
    const link = line[at]
    if (!link || edit.to === null) return { inlines: line, places: 0 }
    return { inlines: line.toSpliced(at, 1, text(`[${edit.to}:: `), link, text(']')), places: 1 }
  }
  let inlines = line
  let places = 0
  // From the end, so that places before it stay what they are.
  for (const group of groups.reverse()) {
    const wanted = group.word === edit.word ? group.links.filter(leads) : []
    if (wanted.length === 0) continue
    places += wanted.length
    inlines = editGroup(inlines, group, wanted, edit.to)
  }
  return { inlines, places }
}

function editGroup(line: Inline[], group: Group, wanted: readonly number[], to: string | null): Inline[] {
  const verb = line[group.verb] as Text
  const head = verb.text.slice(0, group.start)
  const others = group.links.filter((at) => !wanted.includes(at))
  const lastLink = group.links.at(-1) ?? group.verb
  const closing = group.closing ? (line[group.closing.at] as Text) : null
  const rest: Inline[] = closing
    ? [{ ...closing, text: closing.text.slice((group.closing?.in ?? 0) + 1) }]
    : line.slice(lastLink + 1)
  const behind = closing ? line.slice((group.closing?.at ?? 0) + 1) : []
  const [opening, closed] = group.sign === '' ? ['', ''] : [group.sign, group.sign === '(' ? ')' : ']']
  const run = (word: string | null, links: readonly number[]): Inline[] => {
    const own = links.flatMap((at, i): Inline[] =>
      i === 0 ? [line[at] as Wikilink] : [text(', '), line[at] as Wikilink],
    )
    return word === null ? own : [text(`${opening}${word}:: `), ...own, ...(closed === '' ? [] : [text(closed)])]
  }
  const written = writtenVerb(verb.text.slice(group.start), group.sign)
  const kept = others.length === 0 ? [] : run(written, others)
  const changed = run(to, wanted)
  const between: Inline[] = kept.length === 0 ? [] : group.sign === '' ? [{ type: 'break', hard: false }] : [text(' ')]
  const all = [
    ...line.slice(0, group.verb),
    { ...verb, text: head },
    ...kept,
    ...between,
    ...changed,
    ...rest,
    ...behind,
  ]
  return joined(all.filter((inline) => inline.type !== 'text' || inline.text !== ''))
}

const writtenVerb = (words: string, sign: string): string =>
  words
    .slice(sign === '' ? 0 : words.indexOf(sign) + 1)
    .replace(/::\s*$/, '')
    .trim()

/** Runs of plain text that meet are one, as the parser has them. */
function joined(inlines: readonly Inline[]): Inline[] {
  const all: Inline[] = []
  for (const inline of inlines) {
    const last = all.at(-1)
    if (inline.type === 'text' && last?.type === 'text' && last.marks === inline.marks && !last.nest && !inline.nest)
      all[all.length - 1] = { ...last, text: last.text + inline.text }
    else all.push(inline)
  }
  return all
}

const LINK = /\[\[([^[\]\n]+)\]\]/g

/** A property of one word hands on the links that lead to the note, to where another says the other word, or beside. */
function editProperties(
  properties: readonly Property[],
  { readAs, leads, word, to }: RelationEdit,
): Pick<Edited, 'properties' | 'places'> {
  if (word === MENTIONS) return { properties, places: 0 }
  const isIt = (value: PropertyValue): boolean => {
    const link = linkOf(value)
    return link !== null && leads(parseWikilink(link.slice(2, -2)).name)
  }
  // A text of several links is one item unless one of them goes.
  const parted = (item: PropertyValue): readonly PropertyValue[] => (linksOf(item).some(isIt) ? linksOf(item) : [item])
  let places = 0
  const next = [...properties]
  for (const property of properties) {
    const items = readAs(property.key) === word ? itemsOf(property.value).flatMap(parted) : []
    const own = items.filter(isIt)
    if (own.length === 0) continue
    places += own.length
    const others = items.filter((item) => !isIt(item))
    const at = next.indexOf(property)
    const rest = others.length === 0 ? [] : [{ ...property, value: restOf(property.value, others) }]
    const known = to === null ? -1 : next.findIndex(({ key }) => readAs(key) === to)
    const there = next[known]
    if (to === null) next.splice(at, 1, ...rest)
    else if (there) {
      next[known] = {
        ...there,
        value: withLinks(
          there.value,
          own.flatMap((each) => linkOf(each) ?? []),
        ),
      }
      next.splice(at, 1, ...rest)
    } else {
      // All of it: the word alone is another one.
      const value = others.length === 0 ? property.value : own.map((each) => linkOf(each) ?? each)
      next.splice(at, 1, ...rest, { key: to, value })
    }
  }
  return { properties: next, places }
}

/** The value of a property with more links behind those that it has; as it is where it says all of them. */
export function withLinks(value: PropertyValue, links: readonly string[]): PropertyValue {
  const said = itemsOf(value).filter((each) => each !== null && each !== '')
  const fresh = links.filter((link) => !said.some((each) => linkOf(each) === link))
  if (fresh.length === 0) return value
  // An unquoted link is one to YAML only where nothing stands beside it.
  return [...said.map((each) => (said.length === 1 ? (linkOf(each) ?? each) : each)), ...fresh]
}

/** What is left of a value, in its own style. */
const restOf = (value: PropertyValue, items: readonly PropertyValue[]): PropertyValue =>
  Array.isArray(value) ? [...items] : items.map(linkOf).join(', ')

/** A link that a value is, and nothing else. An unquoted `[[Title]]` is a list in a list to YAML. */
function linkOf(value: PropertyValue): string | null {
  if (typeof value === 'string') return /^\s*\[\[[^[\]\n]+\]\]\s*$/.test(value) ? value.trim() : null
  const [inner, ...others] = Array.isArray(value) ? value : []
  const [name, ...more] = Array.isArray(inner) && others.length === 0 ? inner : []
  return typeof name === 'string' && more.length === 0 && !name.includes('[[') ? `[[${name}]]` : null
}

/** The values of a list, or the one value; of a text that is links and nothing between them, each of them. */
function itemsOf(value: PropertyValue): readonly PropertyValue[] {
  if (linkOf(value) !== null) return [value]
  return Array.isArray(value) ? value : linksOf(value)
}

function linksOf(value: PropertyValue): readonly PropertyValue[] {
  const links = typeof value === 'string' && SEPARATOR.test(value.replace(LINK, '')) ? value.match(LINK) : null
  return links ?? [value]
}
