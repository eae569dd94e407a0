const n = (value: number): string => value.toLocaleString()
const places = (count: number): string => (count === 1 ? '1 place' : `${n(count)} places`)
const notes = (count: number): string => (count === 1 ? '1 note' : `${n(count)} notes`)

export const WORDS = {
  title: 'Replace in the vault',
  find: 'Find',
  findHint: 'Words to replace',
  replace: 'Replace with',
  replaceHint: 'Nothing: they are taken out',
  matchCase: 'Match capitals',
  pattern: 'As a pattern',
  badPattern: 'This pattern cannot be read. Is a bracket open, or a sign before nothing?',
  notLooked: 'This could not be looked for. Would simpler words do?',
  total: (total: number, inNotes: number) => (total === 0 ? 'Nothing' : `${n(total)} in ${notes(inNotes)}`),
  ask: 'Which words should be others, everywhere?',
  nothing: (query: string) => `No note says “${query}”.`,
  results: 'Places',
  take: (title: string) => `Replace in ${title}`,
  count: (count: number, isTaken: boolean) => `${isTaken ? n(count) : '0'} of ${n(count)}`,
  first: (shown: number) => `The first ${places(shown)} are here. The others come when these are replaced.`,
  oneStep: 'One step to undo, and each note keeps a version.',
  onlyText: 'Titles stay, and so does where links lead: rename a note to change its name and its links.',
  cancel: 'Cancel',
  act: (taken: number, total: number, inNotes: number) =>
    taken === total
      ? `Replace ${n(taken)} in ${notes(inNotes)}`
      : `Replace ${n(taken)} of ${n(total)} in ${notes(inNotes)}`,
  acting: 'Replacing',
  done: (count: number, inNotes: number) =>
    `${places(count)} in ${notes(inNotes)} ${count === 1 ? 'is' : 'are'} replaced.`,
  nothingDone: 'Nothing was replaced: the notes changed meanwhile.',
  canWrite: 'What you can write',
  help: [
    ['two words', 'just so, wherever they stand'],
    ['Match capitals', 'Refund, but not refund'],
    ['As a pattern', 'a regular expression: refund(s|ed)?'],
    ['$1, $<name>', 'in the second line: what a bracket found'],
  ],
  kinds: { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' },
} as const
