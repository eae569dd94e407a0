import type { Slash } from '../../../../editor/extensions/slash.ts'
import { calloutRow, SLASH_ROWS, type SlashRow } from './slash-rows.ts'

/** The rows for what is typed, best first; those of `within` where a row was opened. */
export function slashRows(
  { query, context }: Pick<Slash, 'query' | 'context'>,
  within: SlashRow['within'] | null,
): readonly SlashRow[] {
  const wanted = query.trim().toLowerCase()
  const here = SLASH_ROWS.filter((row) => (within ? row.within === within : context !== 'inline' || row.isInline))
  if (wanted === '') return within ? here : here.filter((row) => !row.within && row.id !== 'paragraph')
  const found = here
    .filter((row) => !row.opens)
    .map((row, at) => ({ row, at, score: scoreOf(row, wanted) }))
    .filter(({ score }) => score < NONE)
    .sort((a, b) => a.score - b.score || a.at - b.at)
    .map(({ row }) => row)
  // any word is the kind of a callout
  if (within === 'callout' && found.length === 0 && /^[\p{L}\p{N}_ -]+$/u.test(wanted)) return [calloutRow(wanted)]
  return found
}

const NONE = 9

/** 0 for a name that begins so, then other words, then words inside a name, then letters in their order. */
function scoreOf({ label, words }: SlashRow, wanted: string): number {
  const name = label.toLowerCase()
  if (name === wanted || words.includes(wanted)) return 0
  if (name.startsWith(wanted)) return 1
  if (words.some((word) => word.startsWith(wanted))) return 2
  if (name.split(/[\s:,]+/).some((word) => word.startsWith(wanted))) return 3
  if (wanted.length > 1 && [name, ...words].some((word) => word.includes(wanted))) return 4
  return wanted.length > 1 && isSubsequence(wanted, name) ? 5 : NONE
}

function isSubsequence(wanted: string, text: string): boolean {
  let at = 0
  for (const letter of text) if (letter === wanted[at]) at++
  return at === wanted.length
}
