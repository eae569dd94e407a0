import { isId } from '../base/ids.ts'
import { isKind, type Kind, type NoteMeta, type Property, type PropertyValue } from '../note/note.ts'
import { readFrontmatter } from './frontmatter-read.ts'
import { editYaml, printYaml, type YamlEdit } from './frontmatter-write.ts'
import type { Frontmatter } from './parsed-note.ts'
import { frontmatterBody } from './split-frontmatter.ts'

export { readFrontmatter }

/** What frontmatter says of a note: its facts, and every other key. */
export type FrontmatterMeta = Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'> & {
  /** '' where there is none, or none that is valid. */
  readonly id: string
  /** False where `kind` is `note` because nothing else was said. */
  readonly saysKind: boolean
}

/**
 * Facts by MARKDOWN.md: `id`, `kind`, `created` (else `date`), `aliases` and `alias`, `tags` and `tag`. Any other key
 * is a property, in its order, and so is one whose value cannot be the fact, and `date` and `title` in any case:
 * facts and properties together are all that the frontmatter had.
 */
export function metaFromFrontmatter(frontmatter: Frontmatter | null): FrontmatterMeta {
  const values = frontmatter?.values ?? []
  const given = new Map(values)
  const id = given.get('id')
  const kind = given.get('kind')
  const created = dateText(given.get('created'))
  const aliases = textList(given.get('aliases'), false)
  const alias = textList(given.get('alias'), false)
  const tags = textList(given.get('tags'), true)
  const tag = textList(given.get('tag'), true)
  const facts = new Set<string>()
  if (typeof id === 'string' && isId(id)) facts.add('id')
  if (isKind(kind)) facts.add('kind')
  if (created !== '') facts.add('created')
  for (const [key, list] of Object.entries({ aliases, alias, tags, tag })) if (list) facts.add(key)
  return {
    id: facts.has('id') ? String(id) : '',
    kind: isKind(kind) ? kind : 'note',
    saysKind: isKind(kind),
    created: created === '' ? dateText(given.get('date')) : created,
    aliases: unique([...(aliases ?? []), ...(alias ?? [])]),
    tags: unique([...(tags ?? []), ...(tag ?? [])].map(withoutHash)),
    properties: values.filter(([key]) => !facts.has(key)).map(([key, value]): Property => ({ key, value })),
  }
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)]
const withoutHash = (tag: string): string => tag.replace(/^#+/, '')

const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?$/

/** A calendar date or ISO time as it is written, an epoch time in seconds or milliseconds as ISO; else ''. */
function dateText(value: PropertyValue | undefined): string {
  if (typeof value === 'string') return DATE.test(value) ? value : ''
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1e8 || value > 4e12) return ''
  return new Date(value < 1e11 ? value * 1000 : value).toISOString()
}

/** A list of texts, or one text (of tags: parted by commas or spaces); null where the value is something else. */
function textList(value: PropertyValue | undefined, split: boolean): string[] | null {
  if (value === undefined) return null
  if (value === null) return []
  if (Array.isArray(value)) {
    const texts = value.map((item) =>
      typeof item === 'string' || typeof item === 'number' ? String(item).trim() : null,
    )
    return texts.includes(null) ? null : texts.filter((text): text is string => text !== null && text !== '')
  }
  if (typeof value !== 'string' && typeof value !== 'number') return null
  const texts = split
    ? String(value).split(/[\s,]+/)
    : String(value)
        .split(',')
        .map((text) => text.trim())
  return texts.filter((text) => text !== '')
}

export type FrontmatterToPrint = {
  readonly id: string
  readonly meta: Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>
  /** The slice that the note had outside, fences included; '' or left out where it had none. */
  readonly original?: string
  /** A note that was made here: its facts are written out. Else only what it had, and what was changed. */
  readonly asNew: boolean
  /** Kept beside the file (core/import): this kind is written nowhere, any other one is, `note` too. */
  readonly kindBeside?: Kind | undefined
}

/**
 * The slice to write, with fences and final line end, '' for none. Where the original still says what is true, it
 * comes out to the byte; else only the changed keys are edited in it, so that comments, order and quoting stay.
 */
export function printFrontmatter({ id, meta, original = '', asNew, kindBeside }: FrontmatterToPrint): string {
  const reading = original === '' ? null : readFrontmatter(original)
  const usable = reading && !reading.broken ? reading : null
  if (asNew && !usable) return printYaml(factsOf(id, meta))
  const edits = changes(metaFromFrontmatter(usable), meta, new Set(usable?.values.map(([key]) => key)), kindBeside)
  if (edits.length === 0) return usable ? original : ''
  return usable ? editYaml(original, frontmatterBody(original), edits) : printYaml(edits)
}

/** Of a new note: `id`, `kind`, `created`, `aliases`, `tags`, then the properties; nothing that is empty. */
function factsOf(id: string, meta: FrontmatterToPrint['meta']): YamlEdit[] {
  const facts: [string, PropertyValue][] = []
  if (id !== '') facts.push(['id', id])
  facts.push(['kind', meta.kind])
  if (meta.created !== '') facts.push(['created', meta.created])
  if (meta.aliases.length > 0) facts.push(['aliases', [...meta.aliases]])
  if (meta.tags.length > 0) facts.push(['tags', [...meta.tags]])
  const taken = new Set(facts.map(([key]) => key))
  for (const { key, value } of meta.properties) if (!taken.has(key)) facts.push([key, value])
  return facts.map(([key, value]) => ({ key, value }))
}

/** What has to be set or taken out (value undefined) so that the frontmatter reads as `now`. */
function changes(
  had: FrontmatterMeta,
  now: FrontmatterToPrint['meta'],
  keys: ReadonlySet<string>,
  kindBeside: Kind | undefined,
): YamlEdit[] {
  const edits: YamlEdit[] = []
  const silent = had.saysKind ? had.kind : (kindBeside ?? had.kind)
  if (now.kind !== silent) edits.push({ key: 'kind', value: now.kind })
  if (now.created !== had.created) edits.push({ key: 'created', value: now.created === '' ? undefined : now.created })
  edits.push(...listChanges(keys, 'aliases', 'alias', had.aliases, now.aliases))
  edits.push(...listChanges(keys, 'tags', 'tag', had.tags, now.tags))
  const before = new Map(had.properties.map(({ key, value }) => [key, value]))
  const after = new Map(now.properties.map(({ key, value }) => [key, value]))
  const edited = new Set(edits.map(({ key }) => key))
  const renamed = renamedKeys([...before], [...after])
  const gone = new Set(renamed.values())
  for (const key of before.keys()) {
    if (!after.has(key) && !edited.has(key) && !gone.has(key)) edits.push({ key, value: undefined })
  }
  let last = ''
  for (const [key, value] of after) {
    if (!edited.has(key) && !(before.has(key) && sameValue(before.get(key), value))) {
      const was = renamed.get(key)
      // What a key that is edited hands on stands beside it; anything else that is new, at the end.
      const isBeside = !before.has(key) && edits.some((edit) => edit.key === last && edit.value !== undefined)
      edits.push({ key, value, ...(was === undefined ? {} : { was }), ...(isBeside ? { behind: last } : {}) })
    }
    last = key
  }
  return edits
}

type Entries = readonly (readonly [string, PropertyValue])[]

/** New names of keys that have another name, the same value, and stand where they stood: what they were before. */
function renamedKeys(before: Entries, after: Entries): ReadonlyMap<string, string> {
  const [had, has] = [new Set(before.map(([key]) => key)), new Set(after.map(([key]) => key))]
  const behind = (entries: Entries, known: ReadonlySet<string>) => {
    let last = ''
    return entries.flatMap(([key, value]) => {
      const place = { key, value, last }
      if (known.has(key)) last = key
      return known.has(key) ? [] : [place]
    })
  }
  const gone = behind(before, has)
  const renamed = new Map<string, string>()
  for (const { key, value, last } of behind(after, had)) {
    const at = gone.findIndex((each) => each.last === last && sameValue(each.value, value))
    const [own] = at < 0 ? [] : gone.splice(at, 1)
    if (own) renamed.set(key, own.key)
  }
  return renamed
}

/** Written under the key that is there; where both are, under the plural one, or the other would say it again. */
function listChanges(
  keys: ReadonlySet<string>,
  plural: string,
  singular: string,
  had: readonly string[],
  now: readonly string[],
): YamlEdit[] {
  if (had.length === now.length && had.every((text, at) => text === now[at])) return []
  const key = keys.has(singular) && !keys.has(plural) ? singular : plural
  const only = key === singular && now.length === 1 ? now[0] : undefined
  const edits: YamlEdit[] = [{ key, value: now.length === 0 ? undefined : (only ?? [...now]) }]
  if (key === plural && keys.has(singular)) edits.push({ key: singular, value: undefined })
  return edits
}

function sameValue(a: PropertyValue | undefined, b: PropertyValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, at) => sameValue(value, b[at]))
    )
  }
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => key in b && sameValue(a[key], b[key]))
}
