export const WORDS = {
  mark: (number: number) => `Footnote ${number}`,
  missing: 'Nothing is written for this footnote yet.',
  writeIt: 'Write it',
  back: (number: number | string) => `Back to the mark of footnote ${number}`,
} as const
