export { NoteView } from './NoteView.tsx'
