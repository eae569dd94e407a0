/** Source that other programs run, by the language of its block. */
const KEPT: Readonly<Record<string, string>> = {
  dataview: 'A Dataview query',
  dataviewjs: 'A Dataview script',
  tasks: 'A Tasks query',
  query: 'An Obsidian search',
  base: 'An Obsidian base',
  templater: 'A Templater template',
  button: 'A button of an Obsidian plug-in',
}

/** What the drawings of a note's source say. */
export const WORDS = {
  formula: {
    /** @param what KaTeX's own words @param at the character of the formula, from 1 */
    mistake: (what: string, at: number | null) => (at === null ? what : `${what}, at character ${at}`),
    tooLong: 'A formula of more than 10,000 characters is not drawn',
    failed: 'This formula could not be drawn',
  },
  code: {
    language: 'Language',
    plain: 'plain',
    plainName: 'Plain text',
    /** @param shown the language as written, or `plain` */
    languageOf: (shown: string) => `Language: ${shown}`,
    filter: 'Filter languages',
    none: 'No such language; Enter takes it as written',
    copy: 'Copy code',
    wrap: 'Wrap lines',
    /** Null for a language that nothing runs anyway. */
    kept: (language: string) => {
      const what = KEPT[language]
      return what === undefined ? null : `${what}, kept exactly as written and not run.`
    },
  },
  diagram: {
    name: (title: string) => (title === '' ? 'Diagram' : `Diagram: ${title}`),
    mistakeIn: (line: number) => `Line ${line} is not understood.`,
    mistake: 'This diagram is not understood.',
    lastGood: (mistake: string) => `${mistake} The drawing is the last one that was.`,
    tooSlow: 'This diagram took too long to draw.',
    tooLong: 'A diagram of more than 20,000 characters is not drawn.',
  },
  page: {
    picture: (words: string) => (words === '' ? 'A picture, not loaded' : `${words} (a picture, not loaded)`),
    nothing: 'HTML, kept exactly as written and not run.',
  },
  kept: {
    comment: 'A comment, kept exactly as written.',
    definitions: 'Addresses of links, kept exactly as written.',
    other: 'Not read by Throughline, and kept exactly as written.',
  },
}
