import { DEFAULT_WORDS, MENTIONS, type RelationWord, readDirection, readingOf } from '../../../core/relation/words.ts'

export type Group<T> = {
  /** The words over it, read from the note that one is in. */
  readonly heading: string
  /** The relation whose line stands before it. */
  readonly relation: string
  readonly items: readonly T[]
}

/**
 * Links by what they say, in the order of the list of words, plain ones last. `backwards`: seen from the note
 * that they lead to, so that "illustrates" there and "illustrated by" here stand together.
 */
export function grouped<T extends { readonly relation: string }>(
  items: readonly T[],
  backwards: boolean,
  words: readonly RelationWord[] = DEFAULT_WORDS,
): Group<T>[] {
  const groups = new Map<string, { relation: string; items: T[] }>()
  for (const item of items) {
    const heading = readingOf(item.relation, backwards, words)
    const group = groups.get(heading) ?? { relation: readDirection(item.relation, words).word, items: [] }
    group.items.push(item)
    groups.set(heading, group)
  }
  const order = words.map(({ word }) => word)
  const weight = (relation: string) => {
    if (relation === MENTIONS) return order.length + 1
    const at = order.indexOf(relation)
    return at < 0 ? order.length : at
  }
  return [...groups]
    .map(([heading, group]) => ({ heading, ...group }))
    .toSorted((a, b) => weight(a.relation) - weight(b.relation))
}
