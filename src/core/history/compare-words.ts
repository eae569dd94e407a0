import { align } from '../markdown/align.ts'
import type { Piece } from './difference.ts'
import { addPieces, isWord, type Token } from './tokens.ts'

/** What a comparison may still cost, in cells of tables; shared by everything that is compared at once (H3). */
export type Budget = { cells: number }

/** Above this a single table is not made, whatever is left. */
const MOST_CELLS = 2_000_000

/**
 * The words of a passage before and after, as pieces: common words stay, the others are removed and added.
 * Too much for words is compared by sentences, and inside those that changed by words again as far as the budget goes.
 */
export function compareWords(before: readonly Token[], after: readonly Token[], budget: Budget): Piece[] {
  const runs: Run[] = []
  diff(before, after, budget, runs, true)
  return toPieces(runs)
}

type Run = { readonly same: boolean; readonly removed: readonly Token[]; readonly added: readonly Token[] }

const same = (tokens: readonly Token[]): Run => ({ same: true, removed: tokens, added: tokens })

function diff(before: readonly Token[], after: readonly Token[], budget: Budget, runs: Run[], bySentence: boolean) {
  let start = 0
  while (start < before.length && start < after.length && before[start]?.key === after[start]?.key) start++
  let endBefore = before.length
  let endAfter = after.length
  while (endBefore > start && endAfter > start && before[endBefore - 1]?.key === after[endAfter - 1]?.key) {
    endBefore--
    endAfter--
  }
  if (start > 0) runs.push(same(after.slice(0, start)))
  const middle = [before.slice(start, endBefore), after.slice(start, endAfter)] as const
  const cells = middle[0].length * middle[1].length
  if (cells === 0 || (!bySentence && !afford(cells, budget))) replaced(...middle, runs)
  else if (cells <= MOST_CELLS && afford(cells, budget)) byUnits(middle[0].map(one), middle[1].map(one), runs, replaced)
  else {
    byUnits(sentences(middle[0]), sentences(middle[1]), runs, (removed, added, into) =>
      diff(removed, added, budget, into, false),
    )
  }
  if (endAfter < after.length) runs.push(same(after.slice(endAfter)))
}

function afford(cells: number, budget: Budget): boolean {
  if (cells > MOST_CELLS || cells > budget.cells) return false
  budget.cells -= cells
  return true
}

function replaced(removed: readonly Token[], added: readonly Token[], runs: Run[]): void {
  if (removed.length > 0 || added.length > 0) runs.push({ same: false, removed, added })
}

type Group = { readonly key: string; readonly tokens: readonly Token[] }
const one = (token: Token): Group => ({ key: token.key, tokens: [token] })

function byUnits(before: readonly Group[], after: readonly Group[], runs: Run[], between: typeof replaced): void {
  const keys = (groups: readonly Group[]) => groups.map(({ key }) => key)
  const tokens = (groups: readonly Group[]) => groups.flatMap((group) => group.tokens)
  const matched = align(keys(before), keys(after))
  let old = 0
  let from = 0
  for (const [at, match] of matched.entries()) {
    if (match < 0) continue
    between(tokens(before.slice(old, match)), tokens(after.slice(from, at)), runs)
    runs.push(same((after[at] as Group).tokens))
    old = match + 1
    from = at + 1
  }
  between(tokens(before.slice(old)), tokens(after.slice(from)), runs)
}

function sentences(tokens: readonly Token[]): Group[] {
  const groups: Group[] = []
  let from = 0
  for (let at = 0; at < tokens.length; at++) {
    const { text } = tokens[at] as Token
    const isEnd = text.includes('\n') || (/^\s/.test(text) && /^[.!?…]$/.test(tokens[at - 1]?.text ?? ''))
    if (!isEnd && at + 1 < tokens.length) continue
    const part = tokens.slice(from, at + 1)
    groups.push({ key: part.map(({ key }) => key).join(''), tokens: part })
    from = at + 1
  }
  return groups
}

/** A space or sign that stayed between two changes reads as part of them. */
function toPieces(runs: readonly Run[]): Piece[] {
  const pieces: Piece[] = []
  let removed: Token[] = []
  let added: Token[] = []
  let between: Token[] = []
  const flush = () => {
    addPieces(pieces, removed, 'removed')
    addPieces(pieces, added, 'added')
    addPieces(pieces, between, 'same')
    removed = []
    added = []
    between = []
  }
  for (const run of runs) {
    if (run.same) {
      // One by one: a call with a hundred thousand arguments has no room on the stack.
      for (const token of run.added) between.push(token)
      continue
    }
    const joins = removed.length + added.length > 0 && between.length < 8 && !between.some(isWord)
    if (!joins) flush()
    for (const token of between) {
      removed.push(token)
      added.push(token)
    }
    between = []
    for (const token of run.removed) removed.push(token)
    for (const token of run.added) added.push(token)
  }
  flush()
  return joined(pieces)
}

/** Neighbours of one change and look, which came from two runs. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = []
  for (const piece of pieces) {
    const last = out.at(-1)
    const { text, ...rest } = piece
    const { text: lastText, ...lastRest } = last ?? { text: '' }
    if (last && piece.link !== 'note' && JSON.stringify(rest) === JSON.stringify(lastRest)) {
      out[out.length - 1] = { ...last, text: lastText + text }
    } else out.push(piece)
  }
  return out
}
