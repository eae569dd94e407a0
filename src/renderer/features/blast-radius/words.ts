import { inWords } from './radius.ts'

export const WORDS = {
  title: (title: string) => `What rests on “${title}”`,
  lede: 'Everything that leans on this note, directly or through another one.',
  nothing: 'Nothing rests on this.',
  nothingMore: 'Links without a verb carry nothing. A note rests on another where a relation says so.',
  failed: 'The index is being built. Try again in a moment.',
  close: 'Close',
  directly: 'Directly',
  stepsOn: (depth: number) => (depth === 2 ? 'One step further' : `${sentence(inWords(depth - 1))} steps further`),
  kinds: { essay: 'essay', example: 'example', commitment: 'commitment', note: 'note' },
  /** How it leans, on the note itself or on one of those above. */
  leans: (relation: string, isDirect: boolean): string => {
    const what = isDirect ? 'this' : 'one above'
    const says: Readonly<Record<string, string>> = {
      rests_on: `rests on ${what}`,
      derived_from: `was started from ${what}`,
      tried_in: `is tried in ${what}`,
      illustrates: `is illustrated by ${what}`,
      challenges: `is challenged by ${what}`,
    }
    return says[relation] ?? ''
  },
  more: (count: number) => `${count.toLocaleString('en')} more`,
  trashTitle: (title: string) => `Move “${title}” to the trash?`,
  trashLede: 'Links to it stay as they are written, and lead to it again when it is put back.',
  keep: 'Keep it',
  trash: 'Move to the trash',
  /** Before a rename, and before a merge. */
  linksFollow: (radius: string) => `${radius} Their links follow.`,
} as const

const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
