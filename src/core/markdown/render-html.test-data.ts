import { angleLink } from './inline-tokens.ts'
import { type Block, type Inline, type List, MARK, type Tree } from './tree.ts'

/**
 * A tree as HTML, as the CommonMark examples print it: an independent reader's word on what was read. Null where a
 * block is verbatim or an inline raw, since the tree does not say what they are.
 */
export function renderHtml(tree: Tree): string | null {
  try {
    return tree.map(block).join('')
  } catch (error) {
    if (error === UNKNOWN) return null
    throw error
  }
}

const UNKNOWN = new Error('not in the tree')

function block(node: Block): string {
  switch (node.type) {
    case 'paragraph':
      return `<p>${inlines(node.children)}</p>`
    case 'heading':
      return `<h${node.level}>${inlines(node.children)}</h${node.level}>`
    case 'quote':
      return `<blockquote>${node.children.map(block).join('')}</blockquote>`
    case 'code': {
      const language = unescapeMarkdown(node.info.split(/\s/)[0] ?? '')
      const attribute = language === '' ? '' : ` class="language-${escapeHtml(language)}"`
      return `<pre><code${attribute}>${escapeHtml(node.text === '' ? '' : `${node.text}\n`)}</code></pre>`
    }
    case 'rule':
      return '<hr />'
    case 'list':
      return list(node)
    default:
      throw UNKNOWN
  }
}

function list(node: List): string {
  const tag = node.style === 'ordered' ? 'ol' : 'ul'
  const start = node.style === 'ordered' && node.start !== 1 ? ` start="${node.start}"` : ''
  const items = node.items.map((item) => `<li>${inlines(item.children)}${item.lists.map(list).join('')}</li>`)
  return `<${tag}${start}>${items.join('')}</${tag}>`
}

const TAGS = [
  [MARK.italic, 'em'],
  [MARK.bold, 'strong'],
  [MARK.strike, 'del'],
] as const

/** Marks are flat in the tree, so every run is wrapped for itself: compare by `comparableHtml`. */
const inlines = (nodes: readonly Inline[]): string => nodes.map(inline).join('')

function inline(node: Inline): string {
  switch (node.type) {
    case 'text': {
      if ((node.marks & MARK.highlight) !== 0) throw UNKNOWN
      const text = (node.marks & MARK.code) !== 0 ? `<code>${escapeHtml(node.text)}</code>` : escapeHtml(node.text)
      return TAGS.reduce((html, [mark, tag]) => ((node.marks & mark) !== 0 ? `<${tag}>${html}</${tag}>` : html), text)
    }
    case 'break':
      return node.hard ? '<br />\n' : '\n'
    case 'link': {
      const title = node.title === '' ? '' : ` title="${escapeHtml(unescapeMarkdown(node.title))}"`
      const only = node.children.length === 1 ? node.children[0] : undefined
      const angle = only?.type === 'text' && angleLink(`<${only.text}>`, 0)?.url === node.url
      return `<a href="${href(angle ? node.url : unescapeMarkdown(node.url))}"${title}>${inlines(node.children)}</a>`
    }
    default:
      throw UNKNOWN
  }
}

const unescapeMarkdown = (text: string): string =>
  text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&quot;', '"')
    .replaceAll('&auml;', 'ä')
    .replaceAll('&ouml;', 'ö')
    .replaceAll('&nbsp;', '\u00a0')

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const href = (url: string): string =>
  escapeHtml(url.replace(/[^\w\-.!~*'();/?:@&=+$,#%]/gu, (char) => encodeURIComponent(char)))

/** Takes away what the tree does not keep: loose items' paragraphs, white space between blocks, nested marks. */
export function comparableHtml(html: string): string {
  const open: string[] = []
  let out = ''
  for (const part of html.split(/(<[^>]*>)/)) {
    const mark = /^<(\/?)(em|strong|del)>$/.exec(part)
    if (mark?.[1] === '') open.push(mark[2] ?? '')
    else if (mark) open.splice(open.lastIndexOf(mark[2] ?? ''), 1)
    else out += part.startsWith('<') ? part : withMarks(part, [...new Set(open)].sort().join())
  }
  return out
    .replace(/(<li>)\s*<p>/g, '$1')
    .replace(/<\/p>\s*(?=<\/li>|<[uo]l)/g, '')
    .replace(/\s*(<\/?(?:p|h\d|ul|ol|li|pre|blockquote|hr)[^>]*>)\s*/g, '$1')
}

/** Each character with the marks it has; spaces have none. */
const withMarks = (text: string, marks: string): string =>
  marks === '' ? text : text.replace(/\S/g, (char) => `${char}{${marks}}`)
