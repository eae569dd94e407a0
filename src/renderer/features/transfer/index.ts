export { copyMarkdown } from './copy-markdown.ts'
export { ExportDialog } from './ExportDialog.tsx'
export { ImportDialog } from './ImportDialog.tsx'
export { writeKinds } from './write-kinds.ts'
