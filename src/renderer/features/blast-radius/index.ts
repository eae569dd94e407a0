export { RadiusDialog, RadiusLine, TrashDialog } from './RadiusDialogs.tsx'
