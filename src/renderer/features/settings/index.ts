export { SettingsView } from './SettingsView.tsx'
export { readBackups } from './second-disk.ts'
