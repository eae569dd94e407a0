export const WORDS = {
  saving: 'Saving…',
  notSaved: 'Not saved',
  indexing: (done: number, total: number) =>
    `Reading notes for search, ${done.toLocaleString()} of ${total.toLocaleString()}. You can write meanwhile.`,
  opening: 'Opening the vault…',
  words: (count: number) => (count === 1 ? '1 word' : `${count.toLocaleString()} words`),
  paragraph: (at: number, of: number) => `Paragraph ${at} of ${of}`,
} as const
