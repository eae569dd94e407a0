export { CommandPalette } from './CommandPalette.tsx'
export { JumpPalette } from './JumpPalette.tsx'
