export { NoticeStrip } from './NoticeStrip.tsx'
export { ToastSpot } from './ToastSpot.tsx'
