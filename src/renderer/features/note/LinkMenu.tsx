/** Where helpers over the text look for it. */
export { Floating } from './links/Floating.tsx'
