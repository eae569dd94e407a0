import { capital, inWords } from '../../../core/base/in-words.ts'
import type { Kind } from '../../../core/note/note.ts'

const A_KIND: Readonly<Record<Kind, string>> = {
  essay: 'an essay',
  example: 'an example',
  commitment: 'a commitment',
  note: 'a note',
}

export const WORDS = {
  kinds: { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' } satisfies Record<Kind, string>,
  change: (kind: string) => `${kind}: change its kind`,
  menu: 'Kind',
  becomes: 'It gets a place in Commitments, facts and a log. Nothing of its text changes.',
  becomesAgain: (log: number) =>
    `It is in Commitments again, with the ${log === 1 ? 'one entry' : `${inWords(log)} entries`} of its log.`,
  leavesWithLog: 'Its log stays and is shown; it leaves Commitments.',
  leaves: 'It leaves Commitments.',
  keepsEvidence: (count: number) =>
    count === 1
      ? 'One note illustrates or challenges it, and goes on saying so.'
      : `${capital(inWords(count))} notes illustrate or challenge it, and go on saying so.`,
  keepsShowing: (count: number) =>
    `It goes on saying what it illustrates or challenges, in ${count === 1 ? 'one place' : `${inWords(count)} places`}.`,
  stays: 'It stays in its folder, and every link to it stays.',
  title: (title: string, to: Kind) => `Make “${title}” ${A_KIND[to]}?`,
  make: (to: Kind) => `Make it ${A_KIND[to]}`,
  cancel: 'Leave it as it is',
} as const
