import Markdown, { type MarkdownIt, type Token } from 'markdown-it'
import footnote from 'markdown-it-footnote'
import * as Y from 'yjs'
import { escapeHtml } from '../../core/base/escape-html.ts'
import { decodeSource } from '../../core/markdown/source.ts'
import { frontmatterEnd } from '../../core/markdown/split-frontmatter.ts'
import type { NoteMeta } from '../../core/note/note.ts'
import { readLayout, readMeta } from '../../crdt/note-doc.ts'
import { exportNote } from './export-note.ts'
import { factsTable } from './html-facts.ts'
import { Holes } from './html-holes.ts'
import type { HtmlResult, HtmlTask } from './html-task.ts'
import { dialectBlocks } from './to-html-blocks.ts'
import { dialectInlines } from './to-html-inline.ts'
import { type HtmlEnv, setRenderer } from './to-html-render.ts'

/** What is larger is shown as it is written: no reader waits for a page of that size. UTF-16 units. */
const MAX_TEXT = 4_000_000

/** A note as HTML in pieces. All text is escaped, nothing in it runs, loads or styles anything. */
export function noteToHtml(task: HtmlTask): HtmlResult {
  const { bytes } = exportNote({ kind: 'export', id: task.id, state: task.state, verify: false })
  const source = decodeSource(bytes).text.replace(/\r\n?/g, '\n')
  const { isPlain, meta } = whatIsSaid(task.state)
  if (isPlain) return asText(source, 'it is kept as plain text')
  const text = source.slice(frontmatterEnd(source))
  if (task.plain) return asText(text, 'it could not be read in time')
  if (text.length > MAX_TEXT) return asText(text, 'it is too large to be read')
  return markdownToHtml(text, task, task.isEmbedded || task.passage !== null ? null : meta)
}

/** The same of Markdown without frontmatter, with the facts of a note above it. */
export function markdownToHtml(
  text: string,
  { prefix, passage, isEmbedded, title }: Pick<HtmlTask, 'prefix' | 'passage' | 'isEmbedded' | 'title'>,
  meta: NoteMeta | null = null,
): HtmlResult {
  const holes = new Holes()
  const env: HtmlEnv = { docId: prefix, passage, prefix, holes, hasPlaces: !isEmbedded && passage === null }
  const tokens = parser().parse(text, env)
  if (env.isTooDeep === true) return asText(text, 'it is nested too deeply to be read')
  const html = parser().renderer.render(withoutTitle(tokens, title), parser().options, env)
  const facts = meta === null ? '' : factsTable(meta, (source) => parser().renderInline(source, env))
  return { pieces: holes.cut(facts + html), asText: null, isFound: env.isFound ?? true }
}

const asText = (text: string, why: string): HtmlResult => ({
  pieces: [`<pre class="source">${escapeHtml(text)}</pre>\n`],
  asText: why,
  isFound: true,
})

function whatIsSaid(state: Uint8Array): { isPlain: boolean; meta: NoteMeta } {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  const said = { isPlain: readLayout(doc).plain === true, meta: readMeta(doc) }
  doc.destroy()
  return said
}

function withoutTitle(tokens: Token[], title: string): Token[] {
  const [open, inline] = tokens
  const isTitle = open?.type === 'heading_open' && /^[#=]$/.test(open.markup) && inline?.content.trim() === title.trim()
  return isTitle ? tokens.slice(3) : tokens
}

let made: MarkdownIt | null = null
function parser(): MarkdownIt {
  made ??= makeParser()
  return made
}

function makeParser(): MarkdownIt {
  const md = new Markdown({ html: false, linkify: true, typographer: false })
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })
  md.use(footnote)
  dialectInlines(md)
  dialectBlocks(md)
  setRenderer(md)
  return md
}
