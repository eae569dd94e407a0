export const WORDS = {
  pick: (title: string) => `Merge “${title}” into another note`,
  filter: 'Into which note?',
  choose: 'Choose',
  kinds: { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' },
  confirm: (from: string, into: string) => `Merge “${from}” into “${into}”?`,
  happens: (from: string, into: string) => [
    `The text of “${from}” is added at the end of “${into}”.`,
    `Every link to “${from}” leads to “${into}” from then on, in open and closed notes.`,
    `“${from}” goes to the trash.`,
    'It is one step to undo, and both notes keep a version of what they were.',
  ],
  merge: 'Merge them',
  merging: 'Merging',
  cancel: 'Cancel',
  done: (from: string, into: string, links: number) =>
    links === 0
      ? `“${from}” is part of “${into}” now.`
      : `“${from}” is part of “${into}” now, and ${links === 1 ? 'one link leads' : `${links.toLocaleString()} links lead`} there.`,
} as const
