export const WORDS = {
  titles: { essay: 'Essays', example: 'Examples', note: 'Notes' },
  ledes: {
    essay: 'An argument, and the examples that carry or challenge it.',
    example: 'Something that happened.',
    note: 'Anything else. A note can become one of the others at any time.',
  },
  empty: {
    essay: 'No essays yet. What do you keep arguing for?',
    example: 'No examples yet. Is there one you keep telling people?',
    note: 'No notes yet. What is on your mind?',
  },
  write: { essay: 'Write an essay', example: 'Tell it', note: 'Write a note' },
  startFrom: 'Start from one of these',
  byChange: 'Last changed',
  byTitle: 'By title',
} as const
