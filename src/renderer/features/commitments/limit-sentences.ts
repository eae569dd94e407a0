import type { Commitment, Ledger } from '../../platform/ledger.ts'
import { howOver } from './merged.ts'
import { WORDS } from './words.ts'

type Counted = Pick<Ledger, 'limit' | 'due' | 'inProgress' | 'me' | 'today'>

/** Where one stands with the limit: what is so, and what could be done about it or how it came. */
export function limitSentences(ledger: Counted, cameIn: readonly Commitment[] = []): readonly [string, string] {
  const { limit, mine, isOver, isFull } = ledger.limit
  const open = ledger.due.length + ledger.inProgress.length
  // Of what is in progress, some is others': then the limit speaks of mine only.
  const begin = mine === open ? WORDS.inProgressNow(open) : WORDS.mineOf(mine, open)
  if (limit === null) return [`${begin}.`, WORDS.noLimitRest]
  if (isOver) return [`${begin}, ${WORDS.overBy(mine, limit)}`, howOver(ledger, cameIn) ?? WORDS.overRest]
  if (isFull) return [`${begin}, ${WORDS.full}`, WORDS.fullRest(mine)]
  const isNameless = ledger.me === '' && mine === 0 && open > 0
  return [`${begin}.`, isNameless ? WORDS.sayName : WORDS.roomRest(limit)]
}
