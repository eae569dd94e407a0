import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { type Live, useIndex } from '../../platform/use-live.ts'

export type Dependent = Output<typeof indexContract, 'blastRadius'>['items'][number]

/** What rests on a note, directly or not, the nearest first (core/relation, R6). */
export const useRadius = (id: NoteId): Live<{ total: number; items: Dependent[] }> =>
  useIndex(`blast-radius:${id}`, (index) => index.call('blastRadius', { id }))

/** What is argued first, then what is tried on it. */
const ORDER: readonly Kind[] = ['essay', 'commitment', 'example', 'note']

const COUNTED = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]

/** A number as it is said in a sentence: in words up to twelve. */
export const inWords = (count: number): string => COUNTED[count] ?? count.toLocaleString('en')

const MANY: Readonly<Record<Kind, readonly [string, string]>> = {
  essay: ['essay', 'essays'],
  example: ['example', 'examples'],
  commitment: ['commitment', 'commitments'],
  note: ['note', 'notes'],
}

type Reached = { readonly kind: Kind; readonly depth: number }

/** “Two essays and one commitment rest on this directly, five further on.” Empty where nothing does. */
export function sayRadius(items: readonly Reached[], what = 'this'): string {
  const near = items.filter(({ depth }) => depth === 1)
  if (near.length === 0) return ''
  const parts = ORDER.flatMap((kind) => {
    const count = near.filter((item) => item.kind === kind).length
    return count === 0 ? [] : [`${inWords(count)} ${MANY[kind][count === 1 ? 0 : 1]}`]
  })
  const last = parts.pop() ?? ''
  const counts = parts.length === 0 ? last : `${parts.join(', ')} and ${last}`
  const far = items.length - near.length
  const verb = near.length === 1 ? 'rests' : 'rest'
  const further = far === 0 ? '' : `, ${inWords(far)} further on`
  return `${counts.charAt(0).toUpperCase()}${counts.slice(1)} ${verb} on ${what} directly${further}.`
}

export type Step<T> = { readonly depth: number; readonly items: readonly T[] }

/** By how far away they are, and there by kind. */
export function steps<T extends Reached & { readonly title: string }>(items: readonly T[]): Step<T>[] {
  const byDepth = new Map<number, T[]>()
  for (const item of items) byDepth.set(item.depth, [...(byDepth.get(item.depth) ?? []), item])
  const weight = ({ kind }: T) => ORDER.indexOf(kind)
  return [...byDepth]
    .sort(([a], [b]) => a - b)
    .map(([depth, own]) => ({ depth, items: own.toSorted((a, b) => weight(a) - weight(b)) }))
}
