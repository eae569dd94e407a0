export { leaveVersions, openVersions } from './actions.ts'
export { ChangesView } from './ChangesView.tsx'
export { HistoryPage } from './HistoryPage.tsx'
export { VersionsPane } from './VersionsPane.tsx'
