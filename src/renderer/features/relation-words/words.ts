import { capital, inWords } from '../../../core/base/in-words.ts'

export const WORDS = {
  add: 'A relation of your own',
  change: (reading: string) => `Change “${reading}”`,
  lede: 'How it is written, and how it reads from each of the two notes.',
  changeLede: 'How it reads. What is written in notes stays as it is.',
  word: 'Word',
  inverse: 'From the other note',
  reading: 'Reads',
  inverseReading: 'Reads from the other note',
  sample: (word: string) => `${word === '' ? 'builds_on' : word}:: [[Another note]]`,
  needsWord: 'Give it a word.',
  needsInverse: 'Give it a word from the other note too.',
  save: 'Add it',
  saveChange: 'Change it',
  cancel: 'Cancel',
  remove: (reading: string) => `Remove “${reading}” from this vault?`,
  usedBy: (notes: number) =>
    notes === 0 ? 'No note uses it.' : notes === 1 ? 'One note uses it.' : `${capital(inWords(notes))} notes use it.`,
  removeHappens: [
    'No note is changed: what is written stays as it is written.',
    'In text its links are plain mentions from then on; as a property it is an ordinary property.',
    'Context, graph and search no longer tell it apart. Add it again, and all of it is a relation again.',
  ],
  keep: 'Keep it',
  removeNow: 'Remove it',
  removed: (reading: string) => `“${reading}” is no relation of this vault any more.`,
} as const
