export const WORDS = {
  untitled: 'Untitled',
  inTrash: (title: string) => `“${title}” is in the trash.`,
  linksFollowed: (links: number, notes: number) =>
    `${links === 1 ? 'One link' : `${links} links`} in ${notes === 1 ? 'one note' : `${notes} notes`} now say so too.`,
  linkCopied: (link: string) => `${link} is on the clipboard.`,
  problem: 'That did not work.',
  closed: 'The vault is being opened again. Try in a moment; what you wrote is kept.',
} as const
