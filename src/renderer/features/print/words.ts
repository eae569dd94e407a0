export const WORDS = {
  made: (file: string) => `The ${file.toLowerCase().endsWith('.pdf') ? 'PDF' : 'web page'} is in ${file}.`,
  /** What is not in it as it should be: notes that are there as plain text, pictures that are missing or too large. */
  problems: (first: { path: string; reason: string }, more: number) =>
    `${first.path}: ${first.reason}${more > 0 ? `, and ${more.toLocaleString()} more` : ''}`,
  show: 'Show it in its folder',
} as const
