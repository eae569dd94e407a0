export { MoveDialog } from './MoveDialog.tsx'
export { NewFolderDialog, RenameFolderDialog, RenameNoteDialog } from './NameDialogs.tsx'
