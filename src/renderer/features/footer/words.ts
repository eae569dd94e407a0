export const WORDS = {
  saving: 'Saving…',
  notSaved: 'Not saved',
  opening: 'Opening the vault…',
  words: (count: number) => (count === 1 ? '1 word' : `${count.toLocaleString()} words`),
  paragraph: (at: number, of: number) => `Paragraph ${at} of ${of}`,
} as const
