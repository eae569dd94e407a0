import type { NoteId } from '../../../../core/base/ids.ts'
import { DEFAULT_WORDS, MENTIONS, type RelationWord } from '../../../../core/relation/words.ts'
import { useWords } from '../../../platform/relation-words.ts'
import { useIndex } from '../../../platform/use-live.ts'

type Link = { readonly id: NoteId | null; readonly relation: string }

/** The word seen from the other end: `illustrates` for `illustrated_by`. Null for one that the list does not know. */
export function inverseOf(word: string, words: readonly RelationWord[] = DEFAULT_WORDS): string | null {
  for (const entry of words) {
    if (entry.word === word) return entry.inverse
    if (entry.inverse === word) return entry.word
  }
  return null
}

/** What `other` says of a note, by the links between the two; null where no link has a verb. */
export function relationOf(
  other: NoteId,
  backlinks: readonly Link[],
  outlinks: readonly Link[],
  words: readonly RelationWord[] = DEFAULT_WORDS,
): string | null {
  const isVerb = ({ id, relation }: Link) => id === other && relation !== MENTIONS
  const said = backlinks.find(isVerb)
  if (said) return said.relation
  const saidHere = outlinks.find(isVerb)
  return saidHere ? inverseOf(saidHere.relation, words) : null
}

export function useRelation(around: NoteId, other: NoteId | null): string | null {
  const words = useWords()
  const isAsked = other !== null && other !== around
  const backlinks = useIndex(isAsked ? `backlinks:${around}` : null, (index) => index.call('backlinks', { id: around }))
  const outlinks = useIndex(isAsked ? `outlinks:${around}` : null, (index) => index.call('outlinks', { id: around }))
  return isAsked ? relationOf(other, backlinks.data?.items ?? [], outlinks.data ?? [], words) : null
}
