/** Names of the journal's files begin with a number: the first record of a segment, the last one of a snapshot. */
export type NumberedName = { readonly name: string; readonly number: number; readonly again: number }

const NAME = /^(\d{12,15})(?:-(\d{1,6}))?\.(log|snapshot)$/

export const TEMPORARY = /^\.throughline-.*\.tmp$/

/**
 * `again` tells files with the same number apart, the later one being larger. A segment with one may hold records
 * that an earlier segment has too (J9).
 */
export const nameOf = (number: number, again: number, ending: 'log' | 'snapshot'): string =>
  `${String(number).padStart(12, '0')}${again === 0 ? '' : `-${again}`}.${ending}`

/** The files of one ending, oldest first. */
export const numbered = (names: readonly string[], ending: 'log' | 'snapshot'): NumberedName[] =>
  names
    .flatMap((name) => {
      const [, number, again, found] = NAME.exec(name) ?? []
      return found === ending ? [{ name, number: Number(number), again: Number(again ?? 0) }] : []
    })
    .sort((a, b) => a.number - b.number || a.again - b.again)

/** A name that no file of the list has. */
export function freeName(
  names: readonly NumberedName[],
  number: number,
  ending: 'log' | 'snapshot',
  leastAgain = 0,
): string {
  const used = names.filter((other) => other.number === number).map(({ again }) => again)
  return nameOf(number, Math.max(leastAgain - 1, ...used) + 1, ending)
}
