export { focusText } from './caret.ts'
export { NoteView } from './NoteView.tsx'
export { replicasStored } from './open-replica.ts'
export { titlesGiven } from './Title.tsx'
