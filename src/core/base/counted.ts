/** “1 note”, “1,200 notes”: for sentences in English, whose plural takes an s. */
export const counted = (number: number, what: string): string =>
  `${number.toLocaleString('en')} ${what}${number === 1 ? '' : 's'}`
