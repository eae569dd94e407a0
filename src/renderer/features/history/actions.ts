import type { NoteId } from '../../../core/base/ids.ts'
import type { Version } from '../../../core/history/version.ts'
import { type VaultClient, vaultClient } from '../../platform/clients.ts'
import { closeVersions, look, lookingAt, NOW, showVersions } from '../../state/history.ts'
import { canDock, closeDrawer, useLayout } from '../../state/layout.ts'
import { showToast } from '../../state/notices.ts'

/** The versions of a note beside it, at the newest that is not the note as it is now. */
export async function openVersions(id: NoteId, wants: 'list' | 'name' = 'list'): Promise<void> {
  const isOpen = lookingAt(id) !== null
  showVersions(id, wants)
  const { breadth } = useLayout.getState()
  if (!canDock(breadth, 'context')) useLayout.setState({ drawer: 'context' })
  if (isOpen || wants === 'name') return
  const first = await firstChoice(vaultClient(), id)
  // Unless something was chosen meanwhile.
  if (first !== null && lookingAt(id)?.chosen === NOW) look(id, { chosen: first })
}

/** Back to the text, where it was left. */
export function leaveVersions(id: NoteId): void {
  if (useLayout.getState().drawer === 'context') closeDrawer()
  closeVersions(id)
}

type Calls = Pick<VaultClient, 'call'>

/** Null where every version is the note as it is now. */
export async function firstChoice(vault: Calls, id: NoteId): Promise<string | null> {
  const versions = await vault.call('versions', { id })
  const newest = versions.at(-1)
  if (!newest) return null
  const { docHash } = await vault.call('compareVersion', { id, version: newest.id })
  if (docHash !== newest.docHash) return newest.id
  return versions.findLast((version) => version.docHash !== docHash)?.id ?? null
}

/** Does what changes a note, says so, and offers to bring back what was kept of it right before. */
export async function restoring(id: NoteId, text: string, act: (vault: Calls) => Promise<unknown>): Promise<void> {
  const vault = vaultClient()
  const before = await vault.call('versions', { id })
  await act(vault)
  const kept = keptBefore(before, await vault.call('versions', { id }))
  showToast(
    text,
    kept &&
      (() =>
        vaultClient()
          .call('restoreVersion', { id, version: kept.id })
          .then(() => undefined)),
  )
}

/** The version that a restore kept of the note as it was, or the one that was the same already. */
export function keptBefore(before: readonly Version[], after: readonly Version[]): Version | null {
  const known = new Set(before.map(({ id }) => id))
  const made = after.findLast(({ id, reason }) => reason === 'before-restore' && !known.has(id))
  // A note that had just been kept is not kept twice: then its newest version is the one.
  return made ?? before.at(-1) ?? null
}
