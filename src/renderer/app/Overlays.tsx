import { RadiusDialog, TrashDialog } from '../features/blast-radius/index.ts'
import { RelateDialog } from '../features/evidence/index.ts'
import { MoveDialog, NewFolderDialog, RenameFolderDialog, RenameNoteDialog } from '../features/folders/index.ts'
import { KindDialog } from '../features/kinds/index.ts'
import { MergeDialog } from '../features/merge/index.ts'
import { CommandPalette, JumpPalette } from '../features/palette/index.ts'
import { RelationWordDialog, RemoveWordDialog } from '../features/relation-words/index.ts'
import { DifferenceDialog, StartFromPicker } from '../features/start-from/index.ts'
import { ExportDialog, ImportDialog } from '../features/transfer/index.ts'
import { EmptyTrashDialog } from '../features/trash/index.ts'
import { NewVaultDialog, RenameVaultDialog } from '../features/vaults/index.ts'
import { closeOverlay, useOverlay } from '../state/overlay.ts'
import { useSession } from '../state/session.ts'

/** The one thing that lies over the window. */
export function Overlays() {
  const overlay = useOverlay((state) => state.overlay)
  const vault = useSession((session) => session.vault)
  switch (overlay?.is) {
    case undefined:
      return null
    case 'jump':
      return <JumpPalette {...(overlay.query === undefined ? {} : { initial: overlay.query })} />
    case 'commands':
      return <CommandPalette />
    case 'move-note':
      return <MoveDialog what={{ note: overlay.id }} />
    case 'move-folder':
      return <MoveDialog what={{ folder: overlay.id }} />
    case 'new-folder':
      return <NewFolderDialog parentId={overlay.parentId} />
    case 'rename-folder':
      return <RenameFolderDialog id={overlay.id} name={overlay.name} />
    case 'rename-note':
      return <RenameNoteDialog id={overlay.id} title={overlay.title} />
    case 'new-vault':
      return <NewVaultDialog />
    case 'rename-vault':
      return <RenameVaultDialog />
    case 'import':
      return (
        <ImportDialog
          key={overlay.folder}
          into={overlay.into === 'this' ? (vault?.id ?? null) : null}
          folder={overlay.folder ?? null}
          isFile={overlay.isFile ?? false}
          onClose={closeOverlay}
        />
      )
    case 'empty-trash':
      return <EmptyTrashDialog ids={overlay.ids} />
    case 'merge-note':
      return <MergeDialog id={overlay.id} />
    case 'relate':
      return <RelateDialog id={overlay.id} title={overlay.title} word={overlay.word} />
    case 'blast-radius':
      return <RadiusDialog id={overlay.id} />
    case 'trash-note':
      return <TrashDialog id={overlay.id} />
    case 'start-from':
      return <StartFromPicker kind={overlay.kind} />
    case 'source-difference':
      return <DifferenceDialog id={overlay.id} />
    case 'change-kind':
      return <KindDialog id={overlay.id} kind={overlay.kind} />
    case 'relation-word':
      return <RelationWordDialog word={overlay.word} />
    case 'remove-relation-word':
      return <RemoveWordDialog word={overlay.word} />
    case 'export':
      return <ExportDialog start={overlay.start} onClose={closeOverlay} />
  }
}
