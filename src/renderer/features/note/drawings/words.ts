/** What the drawings of a note's source say. */
export const WORDS = {
  formula: {
    /** @param what KaTeX's own words @param at the character of the formula, from 1 */
    mistake: (what: string, at: number | null) => (at === null ? what : `${what}, at character ${at}`),
    tooLong: 'A formula of more than 10,000 characters is not drawn',
    failed: 'This formula could not be drawn',
  },
}
