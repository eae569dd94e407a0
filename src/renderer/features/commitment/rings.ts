/** Words that have a ring of their own, from the inside out, as they are written into `reach`. */
export const RINGS = ['you', 'pair', 'two teams', 'neighbours', 'everyone'] as const

const ALSO: Readonly<Record<string, number>> = {
  me: 0,
  'a pair': 1,
  'one team': 2,
  team: 2,
  'my team': 2,
  neighbors: 3,
  'neighbouring teams': 3,
  everybody: 4,
  all: 4,
}

/** The ring that free words mean; -1 where they mean none of them. */
export function ringOf(reach: string): number {
  const word = reach.trim().toLowerCase().replace(/\.$/, '')
  return ALSO[word] ?? (RINGS as readonly string[]).indexOf(word)
}
