import { safeUrl } from '../core/link/url.ts'
import type { Inline, ListItem, Raw, Wikilink } from '../core/markdown/tree.ts'

/**
 * What programs mean by HTML that says something else: lists of Word, code of VS Code, formulas of KaTeX, pictures,
 * footnotes, links of Obsidian. All of it only looks; what it answers is words and addresses that were checked.
 */
const nameOf = (element: Element): string => element.nodeName.toLowerCase()
/** Where `pageOf` puts what an element says of its style. */
export const STYLE = 'data-page-style'
export const styleOf = (element: Element): string => element.getAttribute(STYLE) ?? element.getAttribute('style') ?? ''
export const hasClass = (element: Element, name: string): boolean =>
  (element.getAttribute('class') ?? '').split(/\s+/).includes(name)

/** Every element below, from top to bottom, without recursion. */
export function* below(element: Element): Generator<Element> {
  const open = [...element.children].reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    yield next
    for (let at = next.children.length - 1; at >= 0; at--) open.push(next.children[at] as Element)
  }
}

const find = (element: Element, matches: (inner: Element) => boolean): Element | null => {
  for (const inner of below(element)) if (matches(inner)) return inner
  return null
}

/** The language that a block of code names by a class, as highlighters and GitHub write it; '' for none. */
export function languageOf(pre: Element): string {
  const named = [pre, ...pre.children, ...(pre.parentElement ? [pre.parentElement] : [])]
  for (const element of named) {
    const names = element.getAttribute('class') ?? ''
    const language = /(?:^|\s)(?:lang(?:uage)?-|highlight-(?:source|text)-)([\w+#.-]{1,30})(?=\s|$)/i.exec(names)?.[1]
    if (language) return language.toLowerCase()
  }
  return ''
}

/** The text of code: lines end where the source has line ends, `<br>` or, in VS Code, a `<div>`. */
export function codeText(element: Element): string {
  let text = ''
  const open: (Node | '\n')[] = [element]
  for (let next = open.pop(); next; next = open.pop()) {
    if (next === '\n' || next.nodeName.toLowerCase() === 'br') text += '\n'
    else if (next.nodeType === 3) text += next.nodeValue ?? ''
    else {
      const isLine = next !== element && /^(?:div|p|li)$/i.test(next.nodeName)
      // an empty line is a `<br>` in its own `<div>`: that is one end, not two
      const holdsEnd = next.lastChild?.nodeName.toLowerCase() === 'br'
      if (isLine && !holdsEnd) open.push('\n')
      for (const child of [...next.childNodes].reverse()) open.push(child)
    }
  }
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/\n$/, '')
}

/** VS Code and its kin: lines of coloured spans in a box that keeps blanks. One line is words of a sentence. */
export function isCodeBox(element: Element): boolean {
  if (nameOf(element) !== 'div') return false
  const style = styleOf(element)
  return (
    /white-space:\s*pre/i.test(style) && /monospace|consolas|menlo|courier/i.test(style) && element.children.length > 1
  )
}

/** A paragraph of Word that is an item of a list: how deep, and whether it counts. Null for all else. */
export function wordItem(element: Element): { readonly level: number; readonly isOrdered: boolean } | null {
  const level = /mso-list:[^;]*\blevel([1-9])\b/i.exec(styleOf(element))?.[1]
  if (!level || !/^(?:p|div|h[1-6])$/.test(nameOf(element))) return null
  const mark = find(element, isWordMark)?.textContent ?? ''
  return { level: Number(level), isOrdered: /^[\s\u00a0(]*(?:\d+|[a-z]{1,4})[.)]/i.test(mark) }
}

/** The bullet or the number that Word writes into the words of an item. */
export const isWordMark = (element: Element): boolean => /mso-list:\s*ignore/i.test(styleOf(element))

/** A paragraph that is all of a list's nesting, from items and their levels. */
export type FlatItem = { readonly level: number; readonly isOrdered: boolean; readonly children: readonly Inline[] }
export function nestItems(items: readonly FlatItem[]): ListItem[] {
  const nested: ListItem[] = []
  for (let at = 0; at < items.length; ) {
    const item = items[at] as FlatItem
    let end = at + 1
    while (end < items.length && (items[end] as FlatItem).level > item.level) end++
    const deeper = items.slice(at + 1, end)
    const style = deeper[0]?.isOrdered ? ('ordered' as const) : ('bullet' as const)
    const lists = deeper.length > 0 ? [{ type: 'list' as const, style, start: 1, items: nestItems(deeper) }] : []
    nested.push({ checked: null, children: item.children, lists })
    at = end
  }
  return nested
}

/** Whether an item is ticked, as GitHub, Google Docs, Obsidian and Notion say it; null for one that cannot be. */
export function tickOf(item: Element): boolean | null {
  if (item.getAttribute('role') === 'checkbox') return item.getAttribute('aria-checked') === 'true'
  for (const inner of below(item)) {
    const name = nameOf(inner)
    if (name === 'ul' || name === 'ol') return null
    if (name === 'input' && (inner.getAttribute('type') ?? '').toLowerCase() === 'checkbox')
      return inner.hasAttribute('checked')
    if (hasClass(inner, 'checkbox-on')) return true
    if (hasClass(inner, 'checkbox-off')) return false
  }
  return null
}

const raw = (source: string): Raw => ({ type: 'raw', source, marks: 0 })

/** A formula that KaTeX, MathJax or a browser drew, as its own source; null where there is none, or one with `$`. */
export function formulaOf(element: Element): Raw | null {
  if (nameOf(element) !== 'math' && !hasClass(element, 'katex')) return null
  const isSource = (inner: Element) =>
    nameOf(inner) === 'annotation' && inner.getAttribute('encoding') === 'application/x-tex'
  const source = (find(element, isSource)?.textContent ?? '').replace(/\s+/g, ' ').trim()
  return source === '' || /[$\\]$|\$/.test(source) ? null : raw(`$${source}$`)
}

const ONE_SIGN = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200d\ufe0f\u20e3])+$/u

/**
 * A picture of the web as Markdown writes it; nothing is fetched. An emoji is itself, a counting pixel nothing; of
 * one that has no address that may be opened its words stay.
 */
export function pictureOf(element: Element): Inline | null {
  const alt = (element.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()
  if (ONE_SIGN.test(alt)) return { type: 'text', text: alt, marks: 0 }
  const isPixel = ['width', 'height'].every((side) => /^[01](?:px)?$/.test(element.getAttribute(side) ?? ''))
  if (isPixel) return null
  const url = safeUrl(element.getAttribute('src') ?? '')
  if (url !== null && /^https?:/.test(url)) return raw(`![${escapeAlt(alt)}](${encodeTarget(url)})`)
  return alt === '' ? null : { type: 'text', text: alt, marks: 0 }
}

const escapeAlt = (text: string): string => text.replace(/[\\[\]`<>$*_!]/g, '\\$&')
/** Without the signs that would end a target of Markdown. */
export const encodeTarget = (url: string): string =>
  url.replace(/[()<>\\\s[\]]/g, (sign) => encodeURIComponent(sign).replace('(', '%28').replace(')', '%29'))

/** A link of Obsidian's reading view to another note. */
export function wikilinkOf(element: Element): Wikilink | null {
  if (!hasClass(element, 'internal-link')) return null
  const target = (element.getAttribute('data-href') ?? element.getAttribute('href') ?? '').trim()
  const shown = (element.textContent ?? '').replace(/\s+/g, ' ').trim()
  if (target === '' || target.length > 500 || /[[\]|\p{Cc}]|^[a-z][a-z0-9+.-]*:/iu.test(target)) return null
  const words = shown === '' || shown === target || /[[\]|]/.test(shown) ? '' : `|${shown}`
  return { type: 'wikilink', target: `${target}${words}`, embed: false, marks: 0 }
}

/** The label of `#fn-1`, `#user-content-fn-note`, `#fn:2`; null for an address that is no footnote's. */
export function footnoteLabel(address: string): string | null {
  return /(?:^#?|-)fn[-:]?([\p{L}\p{N}_-]{1,40})$/u.exec(address)?.[1] ?? null
}

/** A mark in the text that leads to a footnote, as `[^1]`; null for any other link. */
export function footnoteMark(element: Element): Raw | null {
  const parent = element.parentElement
  const isMark =
    element.hasAttribute('data-footnote-ref') ||
    hasClass(element, 'footnote-ref') ||
    hasClass(element, 'footnote-link') ||
    element.getAttribute('role') === 'doc-noteref' ||
    (parent !== null && hasClass(parent, 'footnote-ref'))
  const label = isMark ? footnoteLabel(element.getAttribute('href') ?? '') : null
  return label === null ? null : raw(`[^${label}]`)
}

/** The arrow below a footnote that leads back to its mark. */
export const isBackLink = (element: Element): boolean =>
  element.hasAttribute('data-footnote-backref') ||
  element.getAttribute('role') === 'doc-backlink' ||
  ['footnote-backref', 'footnote-back', 'data-footnote-backref'].some((name) => hasClass(element, name))

/** Where a page keeps its footnotes. */
export const isFootnotes = (element: Element): boolean =>
  element.hasAttribute('data-footnotes') ||
  element.getAttribute('role') === 'doc-endnotes' ||
  hasClass(element, 'footnotes')
