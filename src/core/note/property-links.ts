import { parseWikilink, shownText } from '../link/wikilink.ts'
import { MENTIONS, relationWord, wordKey } from '../relation/words.ts'
import type { Property, PropertyValue } from './note.ts'
import type { ExtractedLink } from './note-text.ts'

const WIKILINK = /\[\[([^[\]\n]+)\]\]/g

/** Links in frontmatter. They are relations where their key is in the list of words, mentions elsewhere. */
export function propertyLinks(properties: readonly Property[]): ExtractedLink[] {
  const links: ExtractedLink[] = []
  for (const { key, value } of properties) {
    const known = relationWord(key)
    const verb = known === null ? { relation: MENTIONS, verb: wordKey(key) } : { relation: known }
    const label = `${key.replaceAll('_', ' ')} `
    for (const text of textsIn(value)) {
      for (const match of text.matchAll(WIKILINK)) {
        const { name, anchor } = parseWikilink(match[1] ?? '')
        const shown = shownText(match[1] ?? '')
        const context = label + shown
        links.push({ target: name, anchor, ...verb, embed: false, context, start: label.length, end: context.length })
      }
    }
  }
  return links
}

/** Every text of a value. An unquoted `[[Title]]` is a list in a list to YAML, and still meant as a link. */
function textsIn(value: PropertyValue): string[] {
  if (typeof value === 'string') return value.includes('[[') ? [value] : []
  if (Array.isArray(value)) {
    const [only] = value
    const [inner, ...more] = Array.isArray(only) && value.length === 1 ? only : []
    if (typeof inner === 'string' && more.length === 0 && !inner.includes('[[')) return [`[[${inner}]]`]
    return value.flatMap(textsIn)
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
