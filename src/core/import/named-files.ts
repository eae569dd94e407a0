import { parseWikilink } from '../link/wikilink.ts'
import { frontmatterEnd } from '../markdown/split-frontmatter.ts'
import { withoutCode } from '../note/verbatim-links.ts'

const EMBED_OR_LINK =
  /\[\[([^[\]\n]{1,1000})\]\]|\]\(<([^<>\n]{1,1000})>|\]\(((?:[^()<>\s]|\([^()<>\s]{0,200}\)){1,1000})/g
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*<?([^\s<>]{1,1000})/gm
const SOURCE = /\b(?:src|href|poster)[ \t]*=[ \t]*(?:"([^"\n]{1,1000})"|'([^'\n]{1,1000})')/gi
const VALUE = /^[ \t]*(?:-[ \t]+|[\w -]{1,60}:[ \t]+)["']?([^"'\n[\]{}]{1,1000}?)["']?[ \t]*$/gm
const ENDING = /[^/.]\.[A-Za-z0-9]{1,10}$/
const NOTE = /\.(?:md|markdown)$/i

/**
 * Files that a note names, as it writes them, without percent signs: embeds, links, pictures and properties that are
 * a path. Other notes, and what lies on the web, are not among them. Each once, in the order of the text.
 */
export function namedFiles(text: string): string[] {
  const found = new Set<string>()
  const add = (name: string, isUrl: boolean) => {
    const path = isUrl ? unescaped(name.replace(/[?#].*$/s, '')) : name
    if (!ENDING.test(path) || NOTE.test(path) || /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(path)) return
    found.add(path.replaceAll('\\', '/'))
  }
  const end = frontmatterEnd(text)
  for (const [, value = ''] of text.slice(0, end).matchAll(VALUE)) add(value.trim(), false)
  const body = text.slice(0, end) + withoutCode(text.slice(end))
  for (const [, wiki, angled, url] of body.matchAll(EMBED_OR_LINK)) {
    if (wiki !== undefined) add(parseWikilink(wiki).name, false)
    else add(angled ?? url ?? '', true)
  }
  for (const [, url = ''] of body.matchAll(DEFINITION)) add(url, true)
  for (const [, double, single] of body.matchAll(SOURCE)) add(double ?? single ?? '', true)
  return [...found]
}

function unescaped(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url // a percent sign that is part of the name
  }
}
