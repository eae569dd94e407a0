export { availableCommands, isAvailable, runCommand } from './commands.ts'
export { bindKeys, keyLabel, keysLabel } from './keys.ts'
