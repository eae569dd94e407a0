export { NewVaultDialog } from './NewVaultDialog.tsx'
export { RenameVaultDialog } from './RenameVaultDialog.tsx'
export { VaultMenu } from './VaultMenu.tsx'
export { whereWordsLive } from './where.ts'
