import type { Env, MarkdownIt, Renderer, StateCore, Token } from 'markdown-it'
import { escapeHtml } from '../../core/base/escape-html.ts'
import { noteInUrl } from '../../core/link/note-url.ts'
import { safeUrl } from '../../core/link/url.ts'
import { parseWikilink } from '../../core/link/wikilink.ts'
import { embedHole, type Holes, imageHole, linkText } from './html-holes.ts'

/** What one rendering carries through markdown-it. */
export type HtmlEnv = Env & {
  readonly docId: string
  readonly prefix: string
  readonly passage: string | null
  readonly holes: Holes
  /** Headings and blocks may be linked to: not in a copy that is embedded somewhere. */
  readonly hasPlaces: boolean
  isTooDeep?: boolean
  isFound?: boolean
}

const DIAGRAM = 'A diagram, as its Mermaid source'

const holesOf = (env: Env | undefined): Holes => (env as HtmlEnv).holes

/** From tokens to HTML: everything is escaped, and what one note cannot know is left open (html-holes.ts). */
export function setRenderer(md: MarkdownIt): void {
  const { rules } = md.renderer
  md.core.ruler.push('places', places)
  const code = (tag: string) => (tokens: Token[], i: number) => {
    const text = escapeHtml(tokens[i]?.content ?? '')
    return tag === 'pre' ? `<pre class="math">${text}</pre>\n` : `<code class="math">${text}</code>`
  }
  rules.math = code('code')
  rules.math_block = code('pre')
  const fence = rules.fence
  rules.fence = (tokens, i, options, env, renderer) => {
    const html = fence?.(tokens, i, options, env, renderer) ?? ''
    // Drawing it takes a program, and a page has none: a reader is told what the source is.
    const isDiagram = /^mermaid\b/i.test(tokens[i]?.info.trim() ?? '')
    return isDiagram ? `<figure class="diagram">${html}<figcaption>${DIAGRAM}</figcaption></figure>\n` : html
  }
  rules.tag = (tokens, i) => `<span class="tag">${escapeHtml(tokens[i]?.content ?? '')}</span>`
  rules.verb = (tokens, i) => `<span class="verb">${escapeHtml(tokens[i]?.content ?? '')}</span> `
  rules.place = (tokens, i) => `<span id="${escapeHtml(tokens[i]?.content ?? '')}"></span>`
  rules.task_open = (tokens, i) => {
    const done = tokens[i]?.meta?.done === true
    const box = `<span class="box" role="img" aria-label="${done ? 'Done' : 'To do'}"></span>`
    return `<li class="task${done ? ' done' : ''}"${idOf(tokens[i])}>${box}`
  }
  rules.table_open = (tokens, i) => `<div class="table"${idOf(tokens[i])}><table>\n`
  rules.table_close = () => '</table></div>\n'
  rules.wikilink = (tokens, i, _options, env) => wikilink(tokens[i]?.content ?? '', holesOf(env))
  rules.embed = (tokens, i, _options, env) => {
    const target = tokens[i]?.content ?? ''
    const hole = embedHole(target)
    return hole.hole === 'image' ? holesOf(env).dig(hole) : wikilink(target, holesOf(env))
  }
  rules.embed_block = (tokens, i, _options, env) => holesOf(env).dig(embedHole(tokens[i]?.content ?? ''))
  rules.link_open = (tokens, i, _options, env) =>
    `<a${address(String(tokens[i]?.attrGet('href') ?? ''), holesOf(env))}>`
  rules.image = (tokens, i, options, env, renderer) => image(tokens, i, renderer, options, env)
}

function idOf(token: Token | undefined): string {
  const id = token?.attrGet('id')
  return id ? ` id="${escapeHtml(String(id))}"` : ''
}

function wikilink(target: string, holes: Holes): string {
  const { name, anchor } = parseWikilink(target)
  return `<a${holes.dig({ hole: 'link', name, anchor })}>${escapeHtml(linkText(target))}</a>`
}

/** Attributes of an ordinary link. What leads neither to the web nor to a note is no link. */
function address(href: string, holes: Holes): string {
  const url = safeUrl(href)
  if (url !== null) return ` href="${escapeHtml(url)}" rel="noopener noreferrer"`
  const note = noteInUrl(href)
  if (note) return holes.dig({ hole: 'link', ...note })
  return href.startsWith('#') ? holes.dig({ hole: 'link', name: '', anchor: decoded(href.slice(1)) }) : ''
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A picture of the web is not fetched by a file that stands for itself: its address is given instead. */
function image(
  tokens: Token[],
  i: number,
  renderer: Renderer,
  options: Parameters<Renderer['renderInlineAsText']>[1],
  env: Env | undefined,
): string {
  const token = tokens[i]
  const src = String(token?.attrGet('src') ?? '')
  const alt = renderer.renderInlineAsText(token?.children ?? [], options, env ?? {})
  const url = safeUrl(src)
  if (url === null) return holesOf(env).dig(imageHole(decoded(src), alt))
  const text = escapeHtml(alt.trim() || url)
  const before = tokens.slice(0, i)
  const depth = before.reduce((sum, { type }) => sum + Number(type === 'link_open') - Number(type === 'link_close'), 0)
  return depth > 0 ? text : `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${text}</a>`
}

/** Ids for what may be linked to, the first of each name; headings go one down, below the title of the note. */
function places(state: StateCore): void {
  const { prefix, hasPlaces } = state.env as HtmlEnv
  const taken = new Set<string>()
  const take = (anchor: unknown): string | null => {
    if (!hasPlaces || typeof anchor !== 'string' || anchor === '' || taken.has(anchor)) return null
    taken.add(anchor)
    return `${prefix}.${anchor}`
  }
  for (const [i, token] of state.tokens.entries()) {
    if (token.type === 'heading_open' || token.type === 'heading_close') {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 1)}`
    }
    const place = take(token.meta?.anchor)
    if (place !== null) token.attrSet('id', place)
    const second = take(token.meta?.id)
    const inline = state.tokens[i + 1]
    if (second === null || inline?.type !== 'inline') continue
    const mark = new state.Token('place', '', 0)
    mark.content = second
    inline.children = [mark, ...(inline.children ?? [])]
  }
}
