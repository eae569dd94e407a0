export const WORDS = {
  mark: (number: number) => `Footnote ${number}`,
  missing: 'Nothing is written for this footnote yet.',
  writeIt: 'Write it',
  inText: 'Footnotes whose words stand in the text',
  back: (number: number | string) => `Back to the mark of footnote ${number}`,
} as const
