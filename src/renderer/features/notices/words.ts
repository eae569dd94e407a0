export const WORDS = {
  close: 'Close this notice',
  undo: 'Undo',
} as const
