import { compareWords } from '../../../core/history/compare-words.ts'
import { tokensOf } from '../../../core/history/tokens.ts'

export type Piece = { readonly text: string; readonly change: 'same' | 'added' | 'removed' }

/** Characters of what stayed, on each side of the change. */
const AROUND = 28
/** Of one piece that went or came. */
const LONGEST = 90
/** What comparing one row may cost; beyond, the passage counts as rewritten whole. */
const CELLS = 100_000

const tokens = (text: string) => tokensOf([{ type: 'text', text: text.replace(/\s+/g, ' ').trim(), marks: 0 }])

/** The first place where a passage changed, with a little of what stands around it. '' for `now` is: it is gone. */
export function wasNow(was: string, now: string): readonly Piece[] {
  const all: readonly Piece[] = compareWords(tokens(was), tokens(now), { cells: CELLS })
  const first = all.findIndex(({ change }) => change !== 'same')
  if (first < 0) return all
  let last = first
  while (last + 1 < all.length && isOneChange(all[last + 1])) last++
  while (all[last]?.change === 'same') last--
  const before = all
    .slice(0, first)
    .map(({ text }) => text)
    .join('')
  const after = all
    .slice(last + 1)
    .filter(({ change }) => change !== 'removed')
    .map(({ text }) => text)
    .join('')
  return [
    { text: before.length > AROUND ? `…${fromWord(before.slice(-AROUND))}` : before, change: 'same' as const },
    ...all.slice(first, last + 1).map(({ text, change }) => ({ text: shortened(text), change })),
    { text: after.length > AROUND ? `${toWord(after.slice(0, AROUND))}…` : after, change: 'same' as const },
  ].filter(({ text }) => text !== '')
}

/** A word or two that stayed do not part a change. */
const isOneChange = (piece: Piece | undefined): boolean =>
  piece !== undefined && (piece.change !== 'same' || piece.text.length <= 4)

const shortened = (text: string): string => (text.length > LONGEST ? `${toWord(text.slice(0, LONGEST))}…` : text)

const fromWord = (text: string): string => text.replace(/^\S*\s/, '')
const toWord = (text: string): string => text.replace(/\s\S*$/, '')
