export const WORDS = {
  titles: { essay: 'Essays', example: 'Examples', commitment: 'Commitments', note: 'Notes' },
  ledes: {
    essay: 'An argument, and the examples that carry or challenge it.',
    example: 'Something that happened.',
    commitment: 'What somebody will try, until when, and what would change their mind.',
    note: 'Anything else. A note can become one of the others at any time.',
  },
  empty: {
    essay: 'No essays yet. What do you keep arguing for?',
    example: 'No examples yet. Is there one you keep telling people?',
    commitment: 'No commitments yet. What would you like to try?',
    note: 'No notes yet. What is on your mind?',
  },
  write: { essay: 'Write an essay', example: 'Tell it', commitment: 'Write it down', note: 'Write a note' },
  startFrom: 'Start from one of these',
  byChange: 'Last changed',
  byTitle: 'By title',
} as const
