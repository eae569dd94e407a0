export { KeepInStep } from './KeepInStep.tsx'
export { MirrorView } from './MirrorView.tsx'
export { chooseMirror, useMirror } from './use-mirror.ts'
export { mirrorNote } from './words.ts'
