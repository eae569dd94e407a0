import { expect, test } from 'vitest'
import { safeUrl } from '../../core/link/url.ts'
import { HOSTILE_MARKUP } from '../../testing/hostile-markup.test-data.ts'
import { HOSTILE_URLS } from '../../testing/hostile-urls.test-data.ts'
import { markdownToHtml } from './to-html.ts'

const HARMLESS = new Set(
  'a b blockquote br code del details div em figcaption figure h2 h3 h4 h5 h6 hr img input li mark ol p pre s section span strong summary sup table tbody td th thead tr ul aside'.split(
    ' ',
  ),
)
const ATTRIBUTES =
  /^(?:href|rel|class|id|start|type|checked|disabled|data-[\w-]+|style|open|role|aria-[\w-]+|alt|title|value)$/

/** What of the HTML of a note's Markdown could run, load or lead elsewhere; holes are filled by others, and tested there. */
function dangers(source: string): string[] {
  const { pieces } = markdownToHtml(source, { prefix: 'n', passage: null, isEmbedded: false, title: '' })
  const html = pieces.map((piece) => (typeof piece === 'string' ? piece : '')).join('')
  const found: string[] = []
  for (const [, name = '', rest = ''] of html.matchAll(/<([a-z][^\s/>]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (!HARMLESS.has(name)) found.push(`<${name}`)
    for (const [, attribute = '', value = ''] of rest.matchAll(/([^\s="/]+)(?:="([^"]*)")?/g)) {
      if (!ATTRIBUTES.test(attribute)) found.push(`${name} ${attribute}`)
      const url = value
        .replaceAll('&amp;', '&')
        .replaceAll('&quot;', '"')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
      if (attribute === 'href' && !url.startsWith('#') && safeUrl(url) === null)
        found.push(`${name} ${attribute}=${url}`)
      if (attribute === 'style' && !/^text-align:\s?(?:left|center|right)$/.test(value)) found.push(`style ${value}`)
    }
  }
  return found
}

test('E29: the HTML of hostile Markdown holds nothing that runs, loads or leads elsewhere', () => {
  for (const { source } of HOSTILE_MARKUP) expect([source, dangers(source)]).toEqual([source, []])
})

test('E29: nor does that of hostile addresses, as links, pictures, autolinks and definitions', () => {
  for (const url of HOSTILE_URLS) {
    const source = `[a](${url}) [b](<${url}>) ![c](${url}) <${url}>\n\n[d][e]\n\n[e]: ${url}\n`
    expect([url, dangers(source)]).toEqual([url, []])
  }
})
