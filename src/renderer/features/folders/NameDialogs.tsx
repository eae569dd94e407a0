import type { FolderId, NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useFolders } from '../../platform/notes.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { setExpanded } from '../../state/tree.ts'
import { NameDialog } from '../../ui/NameDialog.tsx'
import { RadiusLine } from '../blast-radius/index.ts'
import { renameNote, say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

export function NewFolderDialog({ parentId }: { parentId: FolderId | null }) {
  const parent = useFolders().data?.find(({ id }) => id === parentId)
  return (
    <NameDialog
      title={WORDS.newTitle}
      {...(parent ? { lede: WORDS.newIn(parent.name) } : {})}
      label={WORDS.name}
      action={WORDS.create}
      cancel={WORDS.cancel}
      needsName={WORDS.needsName}
      say={say}
      onClose={closeOverlay}
      onName={async (name) => {
        await vaultClient().call('createFolder', { parentId, name })
        if (parentId !== null) setExpanded(parentId, true)
      }}
    />
  )
}

export function RenameFolderDialog({ id, name }: { id: FolderId; name: string }) {
  return (
    <NameDialog
      title={WORDS.renameTitle}
      label={WORDS.name}
      initial={name}
      action={WORDS.rename}
      cancel={WORDS.cancel}
      needsName={WORDS.needsName}
      say={say}
      onClose={closeOverlay}
      onName={(next) => vaultClient().call('renameFolder', { id, name: next })}
    />
  )
}

export function RenameNoteDialog({ id, title }: { id: NoteId; title: string }) {
  return (
    <NameDialog
      title={WORDS.renameNoteTitle}
      lede={WORDS.renameNoteLede}
      label={WORDS.noteTitle}
      initial={title}
      action={WORDS.rename}
      cancel={WORDS.cancel}
      needsName={WORDS.needsTitle}
      isAuthored
      extra={<RadiusLine id={id} />}
      say={say}
      onClose={closeOverlay}
      onName={async (next) => {
        if (next !== title) await renameNote(id, next)
      }}
    />
  )
}
