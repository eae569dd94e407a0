export { KindDialog } from './KindDialog.tsx'
export { KindMenu } from './KindMenu.tsx'
export { NoteGlyph, withStatus } from './NoteGlyph.tsx'
