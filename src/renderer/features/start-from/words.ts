import type { Kind } from '../../../core/note/note.ts'

export const WORDS = {
  pick: {
    any: 'Start a note from an example',
    essay: 'Start an essay from another',
    example: 'Start an example from another',
    commitment: 'Start a commitment from another',
    note: 'Start a note from another',
  } satisfies Record<Kind | 'any', string>,
  filter: 'Which one shall it be made like?',
  start: 'Start from it',
  nothing: 'No note is called that.',
  groups: { essay: 'Essays', example: 'Examples', commitment: 'Commitments', note: 'Notes' } satisfies Record<
    Kind,
    string
  >,
  kinds: { essay: 'essay', example: 'example', commitment: 'commitment', note: 'note' },
  startedFrom: 'Started from',
  derivedFrom: 'Derived from',
  /** `day`: “3 March”, “today”. */
  asItWas: (day: string) => (day === 'today' || day === 'yesterday' ? `, as it was ${day}` : `, as it was on ${day}`),
  difference: 'Difference',
  differenceTitle: (title: string) => `What it has otherwise than “${title}”`,
  sinceThen: (hasChanged: boolean) =>
    hasChanged
      ? 'Compared with the source as it was then. The source has changed since.'
      : 'Compared with the source, which has not changed since.',
  now: 'Compared with the source as it is now. What it was then is not kept any more.',
  same: 'Nothing is otherwise.',
  close: 'Close',
} as const
