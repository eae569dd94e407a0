import type { Kind } from '../../../core/note/note.ts'

const A_KIND: Readonly<Record<Kind, string>> = {
  essay: 'an essay',
  example: 'an example',
  commitment: 'a commitment',
  note: 'a note',
}

const n = (value: number): string => value.toLocaleString()

export const WORDS = {
  untitled: 'Untitled',
  isKind: (title: string, kind: Kind) => `“${title}” is ${A_KIND[kind]} now.`,
  inTrash: (title: string) => `“${title}” is in the trash.`,
  linksFollowed: (links: number, notes: number) =>
    `${links === 1 ? 'One link' : `${links} links`} in ${notes === 1 ? 'one note' : `${notes} notes`} now say so too.`,
  linkCopied: (link: string) => `${link} is on the clipboard.`,
  problem: 'That did not work.',
  closed: 'The vault is being opened again. Try in a moment; what you wrote is kept.',
  /** What became of a big change that was taken back. */
  tookBack: ({ restored, merged, trashed, kept }: Record<'restored' | 'merged' | 'trashed' | 'kept', number>) => {
    const parts = []
    if (restored > 0) parts.push(restored === 1 ? 'One note is as it was.' : `${n(restored)} notes are as they were.`)
    if (merged === 1) parts.push('One was edited since, and was merged with what it was.')
    if (merged > 1) parts.push(`${n(merged)} were edited since, and were merged with what they were.`)
    if (trashed > 0)
      parts.push(
        trashed === 1 ? 'One that it had made is in the trash.' : `${n(trashed)} that it had made are in the trash.`,
      )
    if (kept === 1) parts.push('One that it had made was edited since, and stays.')
    if (kept > 1) parts.push(`${n(kept)} that it had made were edited since, and stay.`)
    return parts.length === 0 ? 'Nothing was left to take back.' : parts.join(' ')
  },
} as const
