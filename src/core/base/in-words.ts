const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** “six”, “14”: small numbers as people say them. */
export const inWords = (count: number): string => SMALL[count] ?? count.toLocaleString('en')

const ORDINALS = ['', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']

/** “second”, “11th”. `count` at least 1. */
export const ordinal = (count: number): string => ORDINALS[count] ?? `${count}${suffix(count)}`

function suffix(count: number): string {
  const tens = count % 100
  if (tens > 10 && tens < 14) return 'th'
  return ['th', 'st', 'nd', 'rd'][count % 10] ?? 'th'
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** “Ana”, “Ana and Jonas”, “Ana, Jonas and Priya”. */
export const allOf = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
