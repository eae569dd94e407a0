export { EmptyTrashDialog } from './EmptyTrashDialog.tsx'
export { TrashView } from './TrashView.tsx'
