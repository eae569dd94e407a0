export const WORDS = {
  footnotes: 'Footnotes',
  footnote: (number: number | string) => `Footnote ${number}`,
  table: 'Table',
  code: (language: string) => (language === '' ? 'Code' : `Code, ${language}`),
  done: 'done',
  toDo: 'to do',
  notWritten: (shown: string) => `${shown}, not written yet`,
} as const
