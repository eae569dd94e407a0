import { escapeHtml } from '../../core/base/escape-html.ts'
import type { NoteMeta, PropertyValue } from '../../core/note/note.ts'
import { readingOf } from '../../core/relation/words.ts'

/** What a page says of a commitment first, in this order: PRODUCT, "Commitments". */
const FIRST = ['status', 'due', 'review_every', 'next_review', 'proceed_if', 'pivot_if', 'rests_on']
const KIND_NAMES = { essay: 'Essay', example: 'Example', commitment: 'Commitment' } as const
/** Title and id are said otherwise; and where nobody can be helped by a value, it is too long. */
const LEFT_OUT = ['title', 'id']
const MOST_ROWS = 60
const MOST_VALUE = 4000
const WIKILINK = /\[\[[^[\]\n]+\]\]/g

/**
 * A note's kind, tags, aliases and properties as a small table above its text; '' where there are none.
 * @param link a wikilink with its brackets, as HTML
 */
export function factsTable(meta: NoteMeta, link: (source: string) => string): string {
  const rows: [label: string, html: string][] = []
  if (meta.kind !== 'note') rows.push(['Kind', KIND_NAMES[meta.kind]])
  const place = ({ key }: { readonly key: string }) => (FIRST.indexOf(key) + FIRST.length + 1) % (FIRST.length + 1)
  const known = meta.properties.filter(({ key }) => !LEFT_OUT.includes(key.toLowerCase()))
  const properties = known
    .map((property, at) => ({ ...property, at }))
    .sort((a, b) => place(a) - place(b) || a.at - b.at)
  for (const { key, value } of properties.slice(0, MOST_ROWS)) {
    const html = shown(value, link)
    if (html !== '') rows.push([FIRST.includes(key) ? readable(key) : key, html])
  }
  if (meta.tags.length > 0) rows.push(['Tags', meta.tags.map((tag) => escapeHtml(`#${tag}`)).join(', ')])
  if (meta.aliases.length > 0) rows.push(['Also called', meta.aliases.map(escapeHtml).join(', ')])
  if (rows.length === 0) return ''
  const lines = rows.map(([label, html]) => `<tr><th scope="row">${escapeHtml(label)}</th><td>${html}</td></tr>\n`)
  return `<div class="table facts"><table>\n${lines.join('')}</table></div>\n`
}

/** `review_every` → `Review every`, and a relation as it reads. */
const readable = (key: string): string => {
  const reading = readingOf(key, false)
  if (reading !== key) return reading
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function shown(value: PropertyValue, link: (source: string) => string): string {
  if (value === null || value === '') return ''
  if (Array.isArray(value))
    return value
      .map((each) => shown(each, link))
      .filter(Boolean)
      .join(', ')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  if (text.length > MOST_VALUE) return `${escapeHtml(text.slice(0, MOST_VALUE))}…`
  let html = ''
  let at = 0
  for (const match of text.matchAll(WIKILINK)) {
    html += escapeHtml(text.slice(at, match.index)) + link(match[0])
    at = match.index + match[0].length
  }
  return html + escapeHtml(text.slice(at))
}
