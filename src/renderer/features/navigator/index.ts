export { Navigator } from './Navigator.tsx'
