import type { Tree } from '../markdown/tree.ts'
import { countWords } from '../note/count-words.ts'
import type { NoteMeta, Property } from '../note/note.ts'
import { valueText } from '../note/value-text.ts'
import { alignUnits, type Step } from './align-units.ts'
import { type Budget, compareWords } from './compare-words.ts'
import type { Block, Change, Difference, Piece } from './difference.ts'
import { tokensOf } from './tokens.ts'
import { blockOf, countWith, isBlank, kindOf, textOf, treeOf, type Unit, unitsOf, unitTokens } from './units.ts'

/** One state of a note, as far as a difference speaks of it. */
export type Side = Pick<NoteMeta, 'title' | 'aliases' | 'tags' | 'properties'> & { readonly tree: Tree }

/** Cells of tables for one difference: about a third of a second on a slow computer (H3). */
const CELLS = 12_000_000

type Shown =
  | { readonly is: 'property'; readonly key: string; readonly before: string | null; readonly after: string | null }
  | { readonly is: 'unit'; readonly step: Step }

type Compared = {
  readonly before: readonly Unit[]
  readonly after: readonly Unit[]
  /** For each unit of the older state, the heading over it. */
  readonly headings: readonly string[]
  readonly budget: Budget
}

/**
 * The readable difference of two states of a note (SPEC.md, H1 to H5). Changed properties come first, with -1 as their
 * place; those that stayed are not told. List items are passages of their own.
 */
export function compareTrees(before: Side, after: Side): Difference {
  const { compared, shown } = align(before, after)
  const changes: Change[] = []
  let wordsAdded = 0
  let wordsRemoved = 0
  for (const entry of shown) {
    const change = changeOf(entry, compared)
    for (const { pieces } of change.change === 'moved' ? [] : change.blocks) {
      for (const piece of pieces) {
        if (piece.change === 'added') wordsAdded += countWords(piece.text)
        if (piece.change === 'removed') wordsRemoved += countWords(piece.text)
      }
    }
    const last = changes.at(-1)
    if (change.change === 'same' && last?.change === 'same') (last.blocks as Block[]).push(...change.blocks)
    else changes.push(change)
  }
  const title = before.title === after.title ? null : { before: before.title, after: after.title }
  return { changes, wordsAdded, wordsRemoved, moved: countMoved(shown), title }
}

/**
 * `after` with one change of `compareTrees(before, after)` taken back (H6): a passage as it was, where it was. Null
 * where there is no such change, or it changed nothing.
 */
export function takeBack(before: Side, after: Side, change: number): Side | null {
  const { compared, shown } = align(before, after)
  const entry = grouped(shown)[change]
  if (!entry) return null
  if (entry.is === 'property') return withProperty(before, after, entry.key)
  const { step } = entry
  if (step.change === 'same') return null
  const units = [...compared.after]
  if (step.after !== null && step.change === 'rewritten') {
    units[step.after] = { ...(compared.before[step.before] as Unit) }
    return { ...after, tree: treeOf(units) }
  }
  const steps = shown.flatMap((each) => (each.is === 'unit' ? [each.step] : []))
  const gone = step.after === null ? [] : units.slice(step.after, step.after + countWith(units, step.after))
  const nearest = step.before === null ? 0 : placeOf(steps, step.before)
  const isInside = step.after !== null && nearest > step.after && nearest < step.after + gone.length
  const place = isInside ? (step.after as number) : nearest
  const back = step.before === null ? [] : [compared.before[step.before] as Unit, ...gone.slice(1)]
  units.splice(place, 0, ...back)
  if (step.after !== null) units.splice(step.after + (place <= step.after ? back.length : 0), gone.length)
  return { ...after, tree: treeOf(units) }
}

/** Behind the nearest passage before it that is still there. */
function placeOf(steps: readonly Step[], before: number): number {
  let nearest = -1
  let place = 0
  for (const step of steps) {
    if (step.change !== 'same' && step.change !== 'rewritten') continue
    if (step.before >= before || step.before <= nearest) continue
    nearest = step.before
    place = step.after + 1
  }
  return place
}

/** A state of a note as blocks, to be read: properties first, then the text. */
export function blocksOf(side: Side): Block[] {
  const properties = facts(side).map(([key, text]) => propertyBlock(key, text, text))
  return [...properties, ...unitsOf(side.tree).map((unit) => blockOf(unit, 'same'))]
}

function align(before: Side, after: Side): { compared: Compared; shown: Shown[] } {
  const units = unitsOf(before.tree)
  const compared = {
    before: units,
    after: unitsOf(after.tree),
    headings: headingsOver(units),
    budget: { cells: CELLS },
  }
  const old = new Map(facts(before))
  const now = new Map(facts(after))
  const shown: Shown[] = []
  for (const key of new Set([...now.keys(), ...old.keys()])) {
    if (old.get(key) === now.get(key)) continue
    shown.push({ is: 'property', key, before: old.get(key) ?? null, after: now.get(key) ?? null })
  }
  for (const step of alignUnits(compared.before, compared.after, compared.budget)) {
    const unit = step.after === null ? compared.before[step.before] : compared.after[step.after]
    // Lines left empty are no news.
    if (step.change !== 'same' && unit && isBlank(unit)) continue
    shown.push({ is: 'unit', step })
  }
  return { compared, shown }
}

/** As `changes` numbers them: a run of passages that stayed is one. */
function grouped(shown: readonly Shown[]): Shown[] {
  const isSame = (entry: Shown | undefined) => entry?.is === 'unit' && entry.step.change === 'same'
  return shown.filter((entry, at) => !isSame(entry) || !isSame(shown[at - 1]))
}

function changeOf(entry: Shown, { before, after, headings, budget }: Compared): Change {
  if (entry.is === 'property') {
    const change = entry.before === null ? 'added' : entry.after === null ? 'removed' : 'rewritten'
    const blocks = [propertyBlock(entry.key, entry.before, entry.after, budget)]
    return { change, blocks, before: entry.before === null ? null : -1, after: entry.after === null ? null : -1 }
  }
  const { step } = entry
  const old = step.before === null ? null : (before[step.before] as Unit)
  const now = step.after === null ? null : (after[step.after] as Unit)
  const place = { before: old?.top ?? null, after: now?.top ?? null }
  if (step.change === 'removed') return { change: 'removed', blocks: [blockOf(old as Unit, 'removed')], ...place }
  const unit = now as Unit
  if (step.change === 'added') return { change: 'added', blocks: [blockOf(unit, 'added')], ...place }
  if (step.change === 'moved') {
    const movedFrom = headings[step.before] ?? ''
    return { change: 'moved', blocks: [blockOf(unit, 'same')], ...place, movedFrom }
  }
  if (step.change === 'same') return { change: 'same', blocks: [blockOf(unit, 'same')], ...place }
  const pieces = compareWords(unitTokens(old as Unit), unitTokens(unit), budget)
  return { change: 'rewritten', blocks: [blockOf(unit, 'same', pieces)], ...place }
}

function headingsOver(units: readonly Unit[]): string[] {
  let heading = ''
  return units.map((unit) => {
    const over = heading
    if (kindOf(unit) === 'heading') heading = textOf(unit).trim()
    return over
  })
}

/** Passages that went together are one move. */
function countMoved(shown: readonly Shown[]): number {
  let count = 0
  let last: Step | null = null
  for (const entry of shown) {
    const step: Step | null = entry.is === 'unit' ? entry.step : null
    if (step?.change === 'moved') {
      const follows: boolean =
        last?.change === 'moved' && last.before + 1 === step.before && last.after + 1 === step.after
      if (!follows) count++
    }
    last = step
  }
  return count
}

const LISTS = ['aliases', 'tags'] as const

/** Aliases, tags and properties by their names, as text. */
function facts(side: Side): [string, string][] {
  const lists = LISTS.flatMap((key): [string, string][] => (side[key].length > 0 ? [[key, side[key].join(', ')]] : []))
  return [...lists, ...side.properties.map(({ key, value }): [string, string] => [key, valueText(value)])]
}

function propertyBlock(key: string, before: string | null, after: string | null, budget?: Budget): Block {
  const tokens = (text: string | null) => tokensOf([{ type: 'text', text: text ?? '', marks: 0 }])
  const text = after ?? ''
  const same: Piece[] = text === '' ? [] : [{ text, change: 'same' }]
  const pieces = budget ? compareWords(tokens(before), tokens(after), budget) : same
  return { is: 'property', level: 0, mark: key, pieces }
}

function withProperty(before: Side, after: Side, key: string): Side {
  const list = LISTS.find((name) => name === key)
  if (list) return { ...after, [list]: before[list] }
  const old = before.properties.find((property) => property.key === key)
  const rest: Property[] = after.properties.filter((property) => property.key !== key)
  if (!old) return { ...after, properties: rest }
  const now = after.properties.findIndex((property) => property.key === key)
  const place = now >= 0 ? now : Math.min(before.properties.indexOf(old), rest.length)
  return { ...after, properties: rest.toSpliced(place, 0, old) }
}
