export { MergeDialog } from './MergeDialog.tsx'
