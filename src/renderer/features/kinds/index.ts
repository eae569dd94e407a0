export { KindDialog } from './KindDialog.tsx'
export { KindMenu } from './KindMenu.tsx'
