export { EvidenceView } from './EvidenceView.tsx'
export { RelateDialog } from './RelateDialog.tsx'
