export { focusText } from './caret.ts'
export { NoteView } from './NoteView.tsx'
export { replicasClosed } from './open-replica.ts'
export { titlesGiven } from './Title.tsx'
