export { ContextPane } from './ContextPane.tsx'
export { ContextRail } from './ContextRail.tsx'
export { GroundChanged } from './GroundChanged.tsx'
