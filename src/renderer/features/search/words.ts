export const WORDS = {
  title: 'Search the vault',
  hint: 'Words, or “a phrase”',
  total: (total: number) => (total === 0 ? 'Nothing' : total === 1 ? '1 note' : `${total.toLocaleString()} notes`),
  results: 'Results',
  nothing: (query: string) => `No note says “${query}”.`,
  near: 'Titles that are near',
  write: (query: string) => `Write “${query}”`,
  canWrite: 'What you can write',
  help: [
    ['two words', 'both, anywhere in the note'],
    ['“two words”', 'just so'],
    ['-draft', 'without'],
  ],
  ask: 'What are you looking for?',
  more: 'Show more',
  replace: 'Replace',
} as const
