import { diff3Merge, diffComm } from 'node-diff3'
import { type Block, isContainer, type Tree } from '../../core/markdown/tree.ts'
import type { NoteMeta, Property } from '../../core/note/note.ts'

/** What a file says of its note: text and frontmatter. */
export type FileContent = { readonly tree: Tree; readonly facts: FileFacts }
export type FileFacts = Pick<NoteMeta, 'kind' | 'created' | 'aliases' | 'tags' | 'properties'>

/**
 * A changed file meets a note that was changed here meanwhile. What only one side changed is taken from it; a
 * passage that both changed is kept twice, what was written here first, because nothing is chosen silently. Of lists
 * (tags, aliases, properties) each item is taken by itself; of one value that both changed the file's stays, and the
 * version before has the other.
 * @param base the file as it was taken in last
 * @param here the note as it is now
 * @param file the file as it is now
 */
export function mergeFile(base: FileContent, here: FileContent, file: FileContent): FileContent {
  return { tree: mergeTrees(base.tree, here.tree, file.tree), facts: mergeFacts(base.facts, here.facts, file.facts) }
}

/** The same where nobody knows what the file was before: everything that either side has stays, once. */
export function joinFile(here: FileContent, file: FileContent): FileContent {
  const blockOf = byContent(here.tree, file.tree)
  const regions = diffComm(textOf(here.tree), textOf(file.tree))
  const blocks = regions.flatMap(({ common, buffer1, buffer2 }) => common ?? [...buffer1, ...buffer2])
  const join = (key: 'aliases' | 'tags') => [...new Set([...file.facts[key], ...here.facts[key]])]
  const added = here.facts.properties.filter(({ key }) => !file.facts.properties.some((own) => own.key === key))
  return {
    tree: blocks.map(blockOf),
    facts: {
      ...file.facts,
      aliases: join('aliases'),
      tags: join('tags'),
      properties: [...file.facts.properties, ...added],
    },
  }
}

/**
 * Every key of a block or inline that counts, layout not (core/markdown, N10): as a list for JSON it also fixes their
 * order, whoever made the object.
 */
const KEYS = [
  ...['type', 'text', 'marks', 'target', 'embed', 'url', 'title', 'children', 'hard', 'source', 'level', 'info'],
  ...['style', 'start', 'items', 'checked', 'lists', 'kind', 'fold', 'label', 'columns', 'rows'],
]

/** Blocks are compared by their content: what is parsed and what is read from a doc are both in normal form. */
const textOf = (tree: Tree): string[] => tree.map((block) => JSON.stringify(block, KEYS))

/** Blocks by their content, with the layout that they have in the last of the trees. */
function byContent(...trees: readonly Tree[]): (text: string) => Block {
  const blocks = new Map<string, Block>()
  for (const tree of trees) for (const [at, text] of textOf(tree).entries()) blocks.set(text, tree[at] as Block)
  return (text) => blocks.get(text) ?? (JSON.parse(text) as Block)
}

function mergeTrees(base: Tree, here: Tree, file: Tree): Tree {
  const regions = diff3Merge(textOf(here), textOf(base), textOf(file), { excludeFalseConflicts: true })
  const blockOf = byContent(base, here, file)
  return regions.flatMap(({ ok, conflict }) => {
    if (ok) return ok.map(blockOf)
    const [a, o, b] = [conflict?.a ?? [], conflict?.o ?? [], conflict?.b ?? []].map((side) => side.map(blockOf))
    return mergeContainers(a, o, b) ?? [...(a ?? []), ...(b ?? [])]
  })
}

/** A quote, callout or footnote that both changed: what it holds is merged as a note is. Null where it is not one. */
function mergeContainers(a: Tree = [], o: Tree = [], b: Tree = []): Tree | null {
  const [here, base, file] = [a[0], o[0], b[0]]
  if (a.length !== 1 || o.length !== 1 || b.length !== 1 || !here || !base || !file) return null
  if (!isContainer(here) || !isContainer(base) || !isContainer(file)) return null
  const shells = [here, base, file].map((block) => JSON.stringify({ ...block, children: [] }, KEYS))
  // Of a title that both changed nothing is lost: then the whole is kept twice.
  const shell = shells[1] === shells[2] ? here : shells[1] === shells[0] || shells[0] === shells[2] ? file : null
  return shell && [{ ...shell, children: mergeTrees(base.children, here.children, file.children) }]
}

function mergeFacts(base: FileFacts, here: FileFacts, file: FileFacts): FileFacts {
  const pick = <K extends keyof FileFacts>(key: K) => (same(base[key], file[key]) ? here[key] : file[key])
  return {
    kind: pick('kind'),
    created: pick('created'),
    aliases: mergeLists(base.aliases, here.aliases, file.aliases),
    tags: mergeLists(base.tags, here.tags, file.tags),
    properties: mergeProperties(base.properties, here.properties, file.properties),
  }
}

/** In the file's order, what was added here last; what either side took out is out. */
function mergeLists<T>(base: readonly T[], here: readonly T[], file: readonly T[]): T[] {
  if (same(base, file)) return [...here]
  if (same(base, here)) return [...file]
  const has = (list: readonly T[], item: T) => list.some((each) => same(each, item))
  const kept = file.filter((item) => has(here, item) || !has(base, item))
  return [...kept, ...here.filter((item) => !has(base, item) && !has(file, item))]
}

/** Key by key: the file's where it changed, else the note's; keys that were added here come last. */
function mergeProperties(
  base: readonly Property[],
  here: readonly Property[],
  file: readonly Property[],
): readonly Property[] {
  const find = (list: readonly Property[], key: string) => list.find((property) => property.key === key)
  const kept = file.flatMap((property) => {
    const old = find(base, property.key)
    if (old && same(old.value, property.value)) return find(here, property.key) ?? []
    const [was, own] = [old ? old.value : [], find(here, property.key)?.value]
    if (!Array.isArray(property.value) || !Array.isArray(was) || !Array.isArray(own)) return [property]
    return [{ key: property.key, value: mergeLists(was, own, property.value) }]
  })
  const added = here.filter(({ key, value }) => {
    const old = find(base, key)
    return !find(file, key) && (!old || !same(old.value, value))
  })
  return [...kept, ...added]
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
