export { printNotes, savePage } from './print.ts'
