export { attempt, say } from './attempt.ts'
export { copyText } from './copy-text.ts'
export { editFact, factsGiven } from './facts.ts'
export { type Linked, linkTo } from './link-to.ts'
export {
  copyLink,
  createNote,
  moveNote,
  openNote,
  openTarget,
  openToday,
  renameNote,
  restoreNote,
  setKind,
  startFromNote,
  trashNote,
  trashNow,
} from './note-actions.ts'
export { takeBack, undoOf, watchChanges } from './take-back.ts'
