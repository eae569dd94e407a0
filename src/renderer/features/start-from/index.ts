export { DifferenceDialog } from './DifferenceDialog.tsx'
export { StartedFrom } from './StartedFrom.tsx'
export { StartFromPicker } from './StartFromPicker.tsx'
