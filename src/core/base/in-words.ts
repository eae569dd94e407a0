const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** “six”, “14”: small numbers as people say them. */
export const inWords = (count: number): string => SMALL[count] ?? count.toLocaleString('en')

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** “Ana”, “Ana and Jonas”, “Ana, Jonas and Priya”. */
export const allOf = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
