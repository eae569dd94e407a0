export { TabBar } from './TabBar.tsx'
export { useTabTitle } from './tab-title.ts'
