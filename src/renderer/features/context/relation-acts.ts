import type { NoteId } from '../../../core/base/ids.ts'
import { MENTIONS, type RelationWord, readingOf } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import { WORDS } from './words.ts'

/** A relation as it is written: in `from`, with `word`, to `to`. */
export type WrittenRelation = { readonly from: NoteId; readonly word: string; readonly to: NoteId }

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
  const state = next === null || word === MENTIONS ? await stateOf(from) : null
  const { places } = await vault.call('editRelation', { id: from, word, target: to, to: next })
  if (places === 0) return showToast(WORDS.notThere)
  if (next !== null && word !== MENTIONS) {
    showToast(WORDS.changed(readingOf(next, backwards, words)), async () => {
      await vaultClient().call('editRelation', { id: from, word: next, target: to, to: word })
    })
    return
  }
  const said =
    next === null ? WORDS.removed(readingOf(word, backwards, words)) : WORDS.changed(readingOf(next, backwards, words))
  const kept = state && (await keptAs(from, state))
  showToast(
    said,
    kept === null
      ? null
      : async () => {
          await vaultClient().call('restoreVersion', { id: from, version: kept })
        },
  )
}

/** What a note is called by now among its versions; '' while none is kept, null where that cannot be known. */
async function stateOf(id: NoteId): Promise<{ readonly docHash: string } | null> {
  try {
    const newest = (await vaultClient().call('versions', { id })).at(-1)
    if (!newest) return { docHash: '' }
    return { docHash: (await vaultClient().call('compareVersion', { id, version: newest.id })).docHash }
  } catch {
    return null
  }
}

/** The version that is the note as it was; where none was kept before, the one that was made now. */
async function keptAs(id: NoteId, { docHash }: { readonly docHash: string }): Promise<string | null> {
  const versions = await vaultClient()
    .call('versions', { id })
    .catch(() => [])
  const kept = docHash === '' ? versions[0] : versions.findLast((version) => version.docHash === docHash)
  return kept?.id ?? null
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
