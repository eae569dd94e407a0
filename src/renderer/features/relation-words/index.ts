export { RelationWordDialog, RemoveWordDialog } from './RelationWordDialogs.tsx'
