export { availableCommands, isAvailable, openWindow, runCommand } from './commands.ts'
export { bindKeys, chosenKeys, keyLabel, keysLabel } from './keys.ts'
