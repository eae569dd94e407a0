export const WORDS = {
  footnotes: 'Footnotes',
  footnote: (number: number | string) => `Footnote ${number}`,
  table: 'Table',
  done: 'done',
  toDo: 'to do',
  notWritten: (shown: string) => `${shown}, not written yet`,
} as const
