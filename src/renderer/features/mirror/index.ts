export { MirrorView } from './MirrorView.tsx'
