import { safeUrl } from '../core/link/url.ts'
import type { Inline, Link } from '../core/markdown/tree.ts'
import { MARK } from '../core/markdown/tree.ts'
import {
  codeText,
  encodeTarget,
  footnoteMark,
  formulaOf,
  hasClass,
  isBackLink,
  isWordMark,
  pictureOf,
  STYLE,
  styleOf,
  wikilinkOf,
} from './html-flavours.ts'

/** Deeper than any document that a person wrote; a deeper one is read as plain text. */
export const MAX_DEPTH = 200

/** Never shown, or not words. */
export const DROPPED = new Set(
  [
    'script',
    'style',
    'template',
    'noscript',
    'iframe',
    'object',
    'embed',
    'svg',
    'math',
    'head',
    'title',
    'meta',
    'link',
  ].concat(['canvas', 'audio', 'video', 'select', 'button', 'textarea', 'input', 'form-control']),
)
const MARKS: Readonly<Record<string, number>> = {
  b: MARK.bold,
  strong: MARK.bold,
  i: MARK.italic,
  em: MARK.italic,
  s: MARK.strike,
  del: MARK.strike,
  strike: MARK.strike,
  code: MARK.code,
  kbd: MARK.code,
  samp: MARK.code,
  tt: MARK.code,
  mark: MARK.highlight,
}
export const BLOCKS = new Set(
  [
    'p',
    'div',
    'section',
    'article',
    'main',
    'header',
    'footer',
    'aside',
    'nav',
    'figure',
    'figcaption',
    'address',
    'dl',
    'dt',
  ].concat(
    [
      'dd',
      'table',
      'thead',
      'tbody',
      'tfoot',
      'tr',
      'ul',
      'ol',
      'li',
      'blockquote',
      'pre',
      'hr',
      'details',
      'summary',
      'form',
    ],
    ['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'body', 'fieldset', 'legend'],
  ),
)

/** Not words of the page, or said a second time for those who see. */
export const isDropped = (element: Element): boolean =>
  DROPPED.has(nameOf(element)) || element.hasAttribute(SHEET) || isWordMark(element) || hasClass(element, 'katex-html')

export const nameOf = (node: Node): string => node.nodeName.toLowerCase()
export const isText = (node: Node): boolean => node.nodeType === 3
export const isElement = (node: Node): node is Element => node.nodeType === 1
export function inlinesOf(element: Node, depth: number, marks = 0): Inline[] {
  const inlines: Inline[] = []
  for (const child of element.childNodes) readInline(child, marks, depth + 1, inlines)
  return inlines
}

export function readInline(node: Node, marks: number, depth: number, into: Inline[]): void {
  if (isText(node)) {
    // signs without width say where a line may break, or nothing: words stay one word
    into.push({ type: 'text', text: (node.nodeValue ?? '').replace(/[\u200b\ufeff]/g, '').replace(/\s+/g, ' '), marks })
    return
  }
  if (!isElement(node)) return
  const formula = formulaOf(node)
  if (formula) into.push(formula)
  if (formula || isDropped(node)) return
  const name = nameOf(node)
  if (depth > MAX_DEPTH) {
    into.push({ type: 'text', text: node.textContent ?? '', marks })
  } else if (name === 'br') {
    into.push({ type: 'break', hard: false })
  } else if (name === 'img') {
    const picture = pictureOf(node)
    if (picture) into.push(picture)
  } else if (name === 'pre') {
    const lines = codeText(node).split('\n')
    for (const [at, line] of lines.entries()) {
      if (at > 0) into.push({ type: 'break', hard: false })
      into.push({ type: 'text', text: line, marks: marks | MARK.code })
    }
  } else if (name === 'a') {
    readLink(node, marks, depth, into)
  } else {
    const own = marks | marksOf(node)
    if (BLOCKS.has(name) && into.length > 0) into.push({ type: 'break', hard: false })
    for (const child of node.childNodes) readInline(child, own, depth + 1, into)
  }
}

function readLink(element: Element, marks: number, depth: number, into: Inline[]): void {
  if (isBackLink(element)) return
  const own = footnoteMark(element) ?? wikilinkOf(element)
  if (own) {
    into.push({ ...own, marks })
    return
  }
  const inner: Inline[] = []
  for (const child of element.childNodes) readInline(child, marks, depth + 1, inner)
  const children = inner.filter(
    (inline): inline is Link['children'][number] => inline.type === 'text' || inline.type === 'break',
  )
  const url = safeUrl(element.getAttribute('href') ?? '')
  const [only] = inner
  if (url && inner.length === 1 && only?.type === 'raw' && only.source.startsWith('![')) {
    into.push({ ...only, source: `[${only.source}](${encodeTarget(url)})` })
    return
  }
  if (inner.length !== children.length)
    into.push(...inner.filter((inline) => inline.type !== 'text' && inline.type !== 'break'))
  if (!url || children.every((child) => child.type === 'text' && child.text.trim() === '')) into.push(...children)
  else into.push({ type: 'link', url, title: '', children })
}

/** Google Docs puts all that it copies into a `<b>` that says by style that it is not bold. */
function marksOf(element: Element): number {
  const named = MARKS[nameOf(element)] ?? 0
  const isPlain = /font-weight:\s*(?:normal|[1-5]00)/i.test(styleOf(element))
  return (isPlain ? named & ~MARK.bold : named) | marksOfStyle(element)
}

/**
 * The page that HTML of the clipboard stands for. It runs nothing and fetches nothing. Styles (and a base) are read under other
 * names: the page's policy would refuse each of them, and say so in its log. (An `xmp` holds text up to its end, as a
 * `style` does.)
 */
export function pageOf(html: string): Document {
  const renamed = html
    .replace(/<(\/?)style(?=[\s/>])/gi, (_, slash: string) => (slash === '' ? `<xmp ${SHEET} ` : '</xmp'))
    .replace(/<base(?=[\s/>])/gi, '<wbr')
    .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/([\s"'/])style(?=\s*=)/gi, `$1${STYLE}`))
  return new DOMParser().parseFromString(renamed, 'text/html')
}

/** On a style sheet of a page that was read. */
export const SHEET = 'data-page-sheet'

/** What the classes of an element say of its words, where a reader of style sheets put it. */
export const CLASS_STYLE = 'data-class-style'

/** Word processors and web mail say bold and italic by style only. */
export function marksOfStyle(element: Element): number {
  const style = `${styleOf(element)};${element.getAttribute(CLASS_STYLE) ?? ''}`
  const isBold = /font-weight:\s*(?:bold|[6-9]00)/i.test(style)
  const isItalic = /font-style:\s*italic/i.test(style)
  const isStruck = /text-decoration(?:-line)?:[^;]*line-through/i.test(style)
  return (isBold ? MARK.bold : 0) | (isItalic ? MARK.italic : 0) | (isStruck ? MARK.strike : 0)
}

/** Without space at the edges and around breaks, neighbours of one format joined. */
export function tidy(inlines: readonly Inline[]): Inline[] {
  const out: Inline[] = []
  for (const inline of inlines) {
    const last = out.at(-1)
    if (inline.type !== 'text') {
      if (inline.type === 'break' && (!last || last.type === 'break')) continue
      if (inline.type === 'break' && last?.type === 'text') out[out.length - 1] = { ...last, text: last.text.trimEnd() }
      out.push(inline)
      continue
    }
    const isFresh = !last || last.type === 'break' || (last.type === 'text' && last.text.endsWith(' '))
    const text = isFresh ? inline.text.trimStart() : inline.text
    if (text === '') continue
    if (last?.type === 'text' && last.marks === inline.marks) out[out.length - 1] = { ...last, text: last.text + text }
    else out.push({ ...inline, text })
  }
  while (out.at(-1)?.type === 'break') out.pop()
  const last = out.at(-1)
  if (last?.type === 'text') out[out.length - 1] = { ...last, text: last.text.trimEnd() }
  return out.filter((inline) => inline.type !== 'text' || inline.text !== '')
}
