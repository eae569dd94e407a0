import * as Y from 'yjs'
import { diffSequences } from '../../crdt/sequence-diff.ts'
import { plainText } from './tree-to-v2.ts'
import { isText, type V2Child, type V2Element, type V2Run, type V2Text } from './v2-node.ts'
import {
  createType,
  isFormerQuote,
  knownOf,
  readAttributes,
  readChildren,
  readText,
  runAttributes,
  setAttribute,
} from './v2-yjs.ts'

/** Edits the children of `parent` into `next`; equal children are not touched. */
export function patchChildren(parent: Y.XmlElement, next: readonly V2Child[]): void {
  const types = parent.toArray()
  const now = readChildren(parent)
  const nowKeys = now.map(keyOf)
  const nextKeys = next.map(keyOf)
  // From the end to the start, so that an edit leaves the indexes before it right.
  for (const splice of diffSequences(nowKeys, nextKeys, (a, b) => a === b)) {
    const old = now.slice(splice.at, splice.at + splice.removed)
    const fresh = next.slice(splice.from, splice.to)
    for (const { at, removed, from, to } of editsBetween(old, fresh, parent.nodeName === 'tablerow')) {
      const index = splice.at + at
      if (from !== undefined) {
        patch(types[index] as Y.XmlElement | Y.XmlText, fresh[from] as V2Child)
        continue
      }
      if (removed > 0) parent.delete(index, removed)
      if (to.length > 0) parent.insert(index, to.map(createType))
    }
  }
  number(parent, next)
}

/** Either one child to edit into `fresh[from]`, or a replacement. */
type Edit = { at: number; removed: number; from?: number; to: readonly V2Child[] }

/** From the end to the start. Children of one type that are alike are paired, the rest is replaced. */
function editsBetween(old: readonly V2Child[], fresh: readonly V2Child[], inPlace: boolean): Edit[] {
  // a cell is what its column makes it, whatever stands in it
  const isSameRow = inPlace && old.length === fresh.length
  const words = new Map<V2Child, Set<string>>()
  for (const child of [...old, ...fresh]) words.set(child, new Set(plainText(child).match(/[\p{L}\p{N}]+/gu)))
  const single = old.length === 1 && fresh.length === 1
  const alike = (a: V2Child, b: V2Child): boolean => {
    if (isText(a) || isText(b)) return isText(a) && isText(b)
    if (a.type !== b.type) return false
    return single || isSameRow || a.type === 'callouttitle' || overlap(words.get(a), words.get(b)) >= 0.4
  }
  const edits: Edit[] = []
  let endOld = old.length
  let endFresh = fresh.length
  const pair = (from: number, to: number, shift: number) => {
    for (let index = to - 1; index >= from; index--) {
      edits.push({ at: index, removed: 1, from: index + shift, to: [] })
    }
  }
  for (const { at, removed, from, to } of diffSequences(old, fresh, alike)) {
    pair(at + removed, endOld, endFresh - endOld)
    edits.push({ at, removed, to: fresh.slice(from, to) })
    endOld = at
    endFresh = from
  }
  pair(0, endOld, endFresh - endOld)
  return edits
}

/** The share of words in common, of the larger of the two. Two without words are alike. */
function overlap(a: ReadonlySet<string> | undefined, b: ReadonlySet<string> | undefined): number {
  const most = Math.max(a?.size ?? 0, b?.size ?? 0)
  if (!a || !b || most === 0) return 1
  let common = 0
  for (const word of a) if (b.has(word)) common++
  return common / most
}

function patch(type: Y.XmlElement | Y.XmlText, next: V2Child): void {
  if (type instanceof Y.XmlText) {
    if (isText(next)) patchText(type, next)
  } else if (!isText(next)) {
    patchAttributes(type, next)
    patchChildren(type, formerChildren(type, next) ?? next.children)
  }
}

/** A quote whose text stands in no paragraph keeps it so while one paragraph is all that it holds. */
function formerChildren(type: Y.XmlElement, next: V2Element): readonly V2Child[] | null {
  const [only, second] = next.children
  if (next.type !== 'quote' || !only || second || isText(only) || only.type !== 'paragraph') return null
  return isFormerQuote(type.nodeName, readChildren(type)) ? only.children : null
}

function patchAttributes(type: Y.XmlElement, next: V2Element): void {
  const attributes = readAttributes(type)
  for (const key of knownOf(next.type)) {
    const value = next.attributes[key]
    if (value === attributes[key]) continue
    if (value === undefined) type.removeAttribute(key)
    else setAttribute(type, key, value)
  }
}

/** Numbers of list items follow from their place, so they are no difference but are set right at the end. */
function number(parent: Y.XmlElement, next: readonly V2Child[]): void {
  if (parent.nodeName !== 'list') return
  for (const [index, type] of parent.toArray().entries()) {
    const item = next[index]
    if (type instanceof Y.XmlElement && item && !isText(item)) patchAttributes(type, item)
  }
}

const keyOf = (child: V2Child): string =>
  JSON.stringify(child, (key, value) => (key === '__value' || key === 'target' ? undefined : value))

/** Words, spaces and signs; a wikilink is one piece, since half of one is none. */
function pieces(runs: V2Text): string[] {
  return runs.flatMap((run) =>
    run.type === 'wikilink' ? [run.text] : (run.text.match(/[\p{L}\p{N}\p{M}_]+|\s+|./gsu) ?? []),
  )
}

function patchText(text: Y.XmlText, runs: V2Text): void {
  const old = readText(text)
  const before = pieces(old)
  const after = pieces(runs)
  const starts = offsets(before)
  for (const { at, removed, from, to } of diffSequences(before, after, (a, b) => a === b)) {
    const index = starts[at] as number
    if (removed > 0) text.delete(index, (starts[at + removed] as number) - index)
    if (to > from) text.insert(index, after.slice(from, to).join(''))
  }
  // Every run gets its attributes as the binding would write them; those that are right already cost nothing.
  const clear: Record<string, null> = {}
  for (const op of text.toDelta() as { attributes?: Record<string, unknown> }[]) {
    for (const key in op.attributes ?? {}) clear[key] = null
  }
  const targets = new Map(old.filter((run) => run.target !== '').map((run) => [run.text, run.target]))
  text.applyDelta(
    runs.map((run, index) => ({
      retain: run.text.length,
      attributes: { ...clear, ...runAttributes(keepTarget(run, targets), index) },
    })),
  )
}

const keepTarget = (run: V2Run, targets: ReadonlyMap<string, string>): V2Run =>
  run.type === 'wikilink' && run.target === '' ? { ...run, target: targets.get(run.text) ?? '' } : run

function offsets(parts: readonly string[]): number[] {
  const starts = [0]
  for (const part of parts) starts.push((starts.at(-1) as number) + part.length)
  return starts
}
