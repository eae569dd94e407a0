import { capital, inWords } from '../../../core/base/in-words.ts'

const notes = (count: number): string => (count === 1 ? 'one note' : `${inWords(count)} notes`)

export const WORDS = {
  title: 'Trash',
  lede: (count: number, days: number | null) => {
    if (count === 0) return 'Nothing is in the trash.'
    const stay =
      days === null
        ? count === 1
          ? 'It stays until you empty it.'
          : 'They stay until you empty it.'
        : `${count === 1 ? 'It leaves' : 'Each leaves'} by itself after ${days === 1 ? 'a day' : `${days} days`}, or when you empty it.`
    return `${capital(notes(count))}. ${stay} ${count === 1 ? 'Its' : 'Their'} versions and links are kept ${count === 1 ? 'with it' : 'with them'}.`
  },
  deleted: 'Deleted',
  when: 'When',
  waiting: 'Links waiting',
  wasIn: (folder: string) => (folder === '' ? 'Was at the top' : `Was in ${folder}`),
  folderGone: 'Its folder is gone',
  words: (words: number) => (words === 0 ? 'Empty' : words === 1 ? '1 word' : `${words.toLocaleString()} words`),
  excerpt: (text: string) => `“${text}”`,
  today: (clock: string) => `Today, ${clock}`,
  yesterday: 'Yesterday',
  unknown: 'Not known',
  links: (links: number) => (links === 0 ? 'None' : links === 1 ? '1 link' : `${links.toLocaleString()} links`),
  notWritten: (links: number) => (links === 1 ? 'it shows as not written' : 'they show as not written'),
  restsOn: (count: number) => (count === 1 ? '1 commitment rests on it' : `${count} commitments rest on it`),
  deletedAt: (when: string) => `deleted ${when.charAt(0).toLowerCase()}${when.slice(1)}`,
  putBack: 'Put it back',
  isBackAtTop: (title: string) => `“${title}” is back, at the top: its folder is gone.`,
  goesToTop: 'Its folder is gone. Put back, it stands at the top of the vault.',
  copyText: 'Copy the text',
  copied: 'The text is on the clipboard.',
  waitingForIt: 'Links waiting for it',
  nothingWaits: 'No note links to it.',
  more: (count: number) => `and ${notes(count)} more`,
  reconnects: (links: number) =>
    links === 1
      ? 'Putting it back reconnects it.'
      : links === 2
        ? 'Putting it back reconnects both.'
        : `Putting it back reconnects all ${inWords(links)}.`,
  emptyLine: 'Emptying removes the words from this computer.',
  empty: 'Empty trash',
  kinds: { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' },

  emptyTitle: 'Empty the trash?',
  emptyLede: (count: number) =>
    `${capital(notes(count))} ${count === 1 ? 'leaves' : 'leave'} this computer for good. This cannot be undone.`,
  goes: 'What is removed',
  goesItems: [
    'The text and the title, from the vault and from search',
    'Every version of them, named ones too',
    'The journal, where each change was written a second time',
    'Their text in the archives of this vault: those on this computer, and on the second disk if it is connected now',
  ],
  stays: 'What is not reached',
  staysItems: [
    'Copies that you took out as Markdown, and archives that you moved or copied elsewhere',
    'Files that the notes showed: they go 30 days after nothing names them any more',
    'Traces on this disk, until the store has tidied itself up: mostly at once, at times only later',
  ],
  keep: 'Keep them',
  emptyNow: (count: number) => `Remove ${count === 1 ? 'one note' : `${count.toLocaleString()} notes`} for good`,
  emptying: 'Removing the words, and writing the archives again without them. This may take a minute.',
  emptied: (count: number) => `${capital(notes(count))} ${count === 1 ? 'is' : 'are'} gone for good.`,
  left: (count: number) =>
    count === 1
      ? 'One archive could not be reached and still holds them:'
      : `${capital(inWords(count))} archives could not be reached and still hold them:`,
  close: 'Close',
} as const
