import { counted } from '../../../../core/base/counted.ts'
import type { Kind } from '../../../../core/note/note.ts'

const KIND: Record<Kind, string> = { essay: 'essay', example: 'example', commitment: 'commitment', note: 'note' }
const A = (kind: Kind) => `${kind === 'essay' || kind === 'example' ? 'an' : 'a'} ${KIND[kind]}`

export const WORDS = {
  links: 'Links',
  headingsIn: (title: string) => `Headings in ${title}`,
  passagesIn: (title: string) => `Passages in ${title}`,
  thisNote: 'this note',
  write: (title: string) => `Write “${title}”`,
  linkTo: (url: string) => `Link to ${url}`,
  alsoCalled: (alias: string) => `also called ${alias}`,
  hint: '# for a heading, ^ for a passage, | for other words',

  relations: 'Relations',
  changeVerb: 'What this link says',
  tags: 'Tags',
  tagged: (notes: number) => counted(notes, 'note'),

  notWritten: 'Not written',
  writeNow: 'Write it now',
  wait: (notes: number) => `${counted(notes, 'note')} ${notes === 1 ? 'waits' : 'wait'} for it`,
  others: (titles: readonly string[], more: number) =>
    more === 0 ? titles.join(', ') : `${titles.join(', ')}, and ${more} more`,
  waitingFor: (name: string) => `Waiting for ${name}`,
  didYouMean: (title: string) => `Did you mean ${title}?`,
  inFolder: (folder: string) => (folder === '' ? 'At the top of the vault' : `In ${folder}`),

  which: 'Which one?',
  nearest: 'Nearest folder, used until you choose',

  link: 'Link',
  open: 'Open',
  elsewhere: 'Lead it somewhere else',
  otherWords: 'Show other words',
  unlink: 'Remove the link, keep the words',
  edit: 'Edit',
  remove: 'Remove',
  linkWords: 'Words',
  address: 'Address',
  keep: 'Keep',
  cancel: 'Cancel',

  madeNote: (title: string, kind: Kind) =>
    `“${title}” is ${A(kind)} of its own now. Undo brings the passage back here; the new note stays.`,
  rename: 'Rename',
  nothingToMove: 'Select the words that are to become a note first.',
  notInSource: 'A part of code or source cannot be a note. Select the whole block.',
  notCells: 'A part of a table cannot be a note. Select words in one cell, or the whole table.',
  changedMeanwhile:
    'The passage changed while its note was made, so nothing was moved. The new note is in the trash. Try again.',
} as const
