export { ContextPane } from './ContextPane.tsx'
export { ContextRail } from './ContextRail.tsx'
