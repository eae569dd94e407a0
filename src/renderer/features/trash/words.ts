export const WORDS = {
  title: 'Trash',
  lede: (count: number) => {
    if (count === 0) return 'Nothing is in the trash.'
    if (count === 1) return 'One note. Links to it wait, and lead there again when it is put back.'
    return `${count.toLocaleString()} notes. Links to them wait, and lead there again when they are put back.`
  },
  deleted: 'Deleted',
  wasIn: (folder: string) => (folder === '' ? 'Was at the top' : `Was in ${folder}`),
  putBack: 'Put it back',
  copyText: 'Copy the text',
  copied: 'The text is on the clipboard.',
  kinds: { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' },
} as const
