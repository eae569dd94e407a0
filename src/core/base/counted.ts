/** “1 note”, “1,200 notes”: for sentences in English, whose plural mostly takes an s. */
export const counted = (number: number, what: string, many = `${what}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? what : many}`
