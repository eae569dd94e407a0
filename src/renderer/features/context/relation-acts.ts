import { MENTIONS, type RelationWord, readingOf } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import type { WrittenRelation } from './RelationItem.tsx'
import { WORDS } from './words.ts'

/**
 * Gives a relation another verb, or none, in the note in which it is written. One step to undo: a verb is changed
 * back; of one that went, the notes are put back as they were kept right before.
 */
export async function changeRelation(
  { from, word, to }: WrittenRelation,
  next: string | null,
  words: readonly RelationWord[],
  backwards: boolean,
): Promise<void> {
  const vault = vaultClient()
  const { places } = await vault.call('editRelation', { id: from, word, target: to, to: next })
  if (places === 0) return showToast(WORDS.notThere)
  if (next !== null && word !== MENTIONS) {
    showToast(WORDS.changed(readingOf(next, backwards, words)), async () => {
      await vaultClient().call('editRelation', { id: from, word: next, target: to, to: word })
    })
    return
  }
  const said = next === null ? WORDS.removed(readingOf(word, backwards, words)) : WORDS.changed(readingOf(next, backwards, words))
  const kept = (await vault.call('versions', { id: from }).catch(() => [])).at(-1)
  showToast(
    said,
    kept === undefined
      ? null
      : async () => {
          await vaultClient().call('restoreVersion', { id: from, version: kept.id })
        },
  )
}

/** Holds on to the whole text that a relation leads to, so that a change of it is told. */
export async function pinRelation({ from, word, to }: WrittenRelation): Promise<void> {
  const { id } = await vaultClient().call('pin', { id: from, word, target: to, anchor: '' })
  showToast(WORDS.pinned, async () => {
    await vaultClient().call('unpin', { id: from, pin: id })
  })
}

export async function unpinRelation({ from, word, to }: WrittenRelation, pin: string): Promise<void> {
  await vaultClient().call('unpin', { id: from, pin })
  showToast(WORDS.unpinned, async () => {
    await vaultClient().call('pin', { id: from, word, target: to, anchor: '' })
  })
}
