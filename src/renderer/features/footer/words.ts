export const WORDS = {
  saving: 'Saving…',
  notSaved: 'Not saved',
  indexing: (done: number, total: number) =>
    `Reading notes for search, ${done.toLocaleString()} of ${total.toLocaleString()}. You can write meanwhile.`,
  opening: 'Opening the vault…',
  words: (count: number) => (count === 1 ? '1 word' : `${count.toLocaleString()} words`),
  selected: (selected: number, count: number) =>
    `${selected.toLocaleString()} of ${count === 1 ? '1 word' : `${count.toLocaleString()} words`}`,
  counts: 'Counts of this note',
  wordsLabel: 'Words',
  selectedLabel: 'Words selected',
  characters: 'Characters',
  unspaced: 'Without spaces',
  paragraphs: 'Paragraphs',
  reading: 'Time to read',
  minutes: (count: number) => (count < 1 ? 'less than a minute' : count === 1 ? '1 minute' : `${count} minutes`),
  paragraph: (at: number, of: number) => `Paragraph ${at} of ${of}`,
} as const
