import { type Candidate, resolveLink } from '../link/resolve.ts'
import { linkKey } from '../link/wikilink.ts'
import { fileKey, splitPath, stemOf } from '../note/file-name.ts'
import type { Kind } from '../note/note.ts'
import { relationWord, wordKey } from '../relation/words.ts'
import type { FileFacts } from './file-facts.ts'
import {
  type KindRule,
  kindByRules,
  kindNamed,
  type Mapping,
  matchingRule,
  opinions,
  suggestedRelation,
} from './mapping.ts'

export type Survey = {
  readonly notes: number
  readonly links: number
  readonly unresolved: number
  readonly tags: number
  /** Property words with links, the most used first; `plain` counts those without any. */
  readonly words: readonly {
    readonly word: string
    readonly key: string
    readonly links: number
    readonly isRelation: boolean
  }[]
  readonly plain: number
  readonly stays: {
    readonly dataview: number
    readonly templates: number
    readonly toml: number
    readonly blockRefs: number
  }
  /** Links that could mean two notes equally well, by name. */
  readonly ambiguous: readonly { readonly name: string; readonly links: number; readonly paths: readonly string[] }[]
  readonly sameButCase: readonly string[]
  readonly notText: readonly string[]
}

/** What a folder of notes holds (I4). Linear in files and links but for names that many notes share. */
export function survey(files: readonly FileFacts[]): Survey {
  const byName = new Map<string, Candidate[]>()
  const add = (key: string, candidate: Candidate) => {
    const list = byName.get(key)
    if (list) list.push(candidate)
    else byName.set(key, [candidate])
  }
  const tags = new Set<string>()
  const words = new Map<string, { word: string; links: number }>()
  const cases = new Map<string, string[]>()
  const stays = { dataview: 0, templates: 0, toml: 0, blockRefs: 0 }
  for (const file of files) {
    const { path } = file
    const stem = stemOf(splitPath(path)[1])
    add(linkKey(stem), { id: path, path, match: 'title' })
    for (const name of new Set(file.names)) add(linkKey(name), { id: path, path, match: 'alias' })
    for (const tag of file.tags) tags.add(tag.toLowerCase())
    for (const [word, links] of file.words) {
      const known = words.get(wordKey(word))
      if (known) known.links += links
      else words.set(wordKey(word), { word, links })
    }
    const folded = cases.get(fileKey(path))
    if (folded) folded.push(path)
    else cases.set(fileKey(path), [path])
    stays.dataview += file.stays.dataview
    stays.templates += file.stays.templater ? 1 : 0
    stays.toml += file.stays.toml ? 1 : 0
    stays.blockRefs += file.stays.blockRefs
  }
  const { links, unresolved, ambiguous } = resolveAll(files, byName)
  const used = [...words].filter(([, { links: n }]) => n > 0)
  return {
    notes: files.length,
    links,
    unresolved,
    tags: tags.size,
    words: used
      .map(([key, { word, links: n }]) => ({ word, key, links: n, isRelation: relationWord(key) !== null }))
      .sort((a, b) => b.links - a.links || (a.key < b.key ? -1 : 1)),
    plain: words.size - used.length,
    stays,
    ambiguous,
    sameButCase: [...cases.values()].filter((paths) => paths.length > 1).flat(),
    notText: files.filter(({ isText }) => !isText).map(({ path }) => path),
  }
}

function resolveAll(files: readonly FileFacts[], byName: ReadonlyMap<string, readonly Candidate[]>) {
  let links = 0
  let unresolved = 0
  const ambiguous = new Map<string, { name: string; links: number; paths: readonly string[] }>()
  for (const { path, links: names } of files) {
    const fromFolder = splitPath(path)[0]
    for (const name of names) {
      links++
      const key = linkKey(name)
      const last = key.slice(key.lastIndexOf('/') + 1)
      const byPath = key.includes('/')
        ? (byName.get(last) ?? []).map((each) => ({ ...each, match: 'path' as const }))
        : []
      const candidates = [...(byName.get(key) ?? []), ...byPath]
      const { found } = candidates.length === 0 ? { found: [] } : resolveLink({ name, fromFolder, candidates })
      if (found.length === 0) unresolved++
      if (found.length < 2) continue
      const known = ambiguous.get(key) ?? { name, links: 0, paths: found.map((each) => each.path) }
      ambiguous.set(key, { ...known, links: known.links + 1 })
    }
  }
  return { links, unresolved, ambiguous: [...ambiguous.values()].sort((a, b) => b.links - a.links) }
}

export type RuleCount = { readonly rule: KindRule; readonly notes: number }

/** How many notes each rule takes, first match wins; `rest` matched none, `said` name their kind themselves. */
export function countRules(files: readonly FileFacts[], rules: readonly KindRule[]) {
  const counts = rules.map(() => 0)
  const kinds: Record<Kind, number> = { essay: 0, example: 0, commitment: 0, note: 0 }
  const twice: string[] = []
  let rest = 0
  let said = 0
  for (const file of files) {
    if (file.kind !== null) said++
    else {
      const at = matchingRule(file, rules)
      if (at < 0) rest++
      else counts[at] = (counts[at] ?? 0) + 1
      if (opinions(file, rules).length > 1) twice.push(file.path)
    }
    kinds[file.kind ?? kindByRules(file, rules) ?? 'note']++
  }
  return { rules: rules.map((rule, i): RuleCount => ({ rule, notes: counts[i] ?? 0 })), rest, said, kinds, twice }
}

const MOST_FOLDERS = 12

/**
 * A mapping to start from (I5): folders at the top by size, tags and `type:` values that are called like a kind.
 * Whatever is not called like one stays a note.
 */
export function suggestMapping(files: readonly FileFacts[]): Mapping {
  const folders = new Map<string, number>()
  const named = new Map<string, KindRule>()
  const words: Record<string, string> = {}
  for (const { path, tags, properties, words: used } of files) {
    const [top, ...rest] = path.split('/')
    if (top !== undefined && rest.length > 0) folders.set(top, (folders.get(top) ?? 0) + 1)
    for (const tag of tags) {
      const kind = kindNamed(tag)
      if (kind) named.set(`tag ${tag.toLowerCase()}`, { by: 'tag', key: tag.toLowerCase(), value: '', kind })
    }
    for (const { key, value } of properties) {
      if (!/^(?:type|category)$/i.test(key) || typeof value !== 'string') continue
      const kind = kindNamed(value)
      if (kind) named.set(`${key}: ${value}`.toLowerCase(), { by: 'property', key, value, kind })
    }
    for (const [word, links] of used) {
      const relation = links > 0 && relationWord(word) === null ? suggestedRelation(word) : null
      if (relation) words[wordKey(word)] = relation
    }
  }
  const byFolder = [...folders]
    .sort(
      ([a, m], [b, n]) => Number(kindNamed(b) !== null) - Number(kindNamed(a) !== null) || n - m || (a < b ? -1 : 1),
    )
    .slice(0, MOST_FOLDERS)
    .map(([key]): KindRule => ({ by: 'folder', key, value: '', kind: kindNamed(key) ?? 'note' }))
  // A folder that is only a place must not hide what a tag says of the note.
  const sayings = [...named.values()].sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, MOST_FOLDERS)
  return {
    kinds: [
      ...byFolder.filter(({ kind }) => kind !== 'note'),
      ...sayings,
      ...byFolder.filter(({ kind }) => kind === 'note'),
    ],
    words,
  }
}
