export { ReplaceView } from './ReplaceView.tsx'
