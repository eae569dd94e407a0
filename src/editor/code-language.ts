/** The language of a code block: the first word of its info string, in small letters. '' where it has none. */
export const languageOf = (info: string | null | undefined): string =>
  /^\s*([^\s{]*)/.exec(info ?? '')?.[1]?.toLowerCase() ?? ''

/**
 * The info string with another language, and the rest of it as it was. A rest cannot stand alone, for its first
 * word would be the language: in plain text it follows the word `text`.
 */
export function withLanguage(info: string | null | undefined, language: string): string {
  const rest = (info ?? '')
    .trim()
    .replace(/^[^\s{]*/, '')
    .trim()
  if (rest === '') return language
  return `${language === '' ? 'text' : language} ${rest}`
}
