import { expect, test } from 'vitest'
import { safeUrl } from '../core/link/url.ts'
import { parseMarkdown } from '../core/markdown/parse.ts'
import { printBlocks } from '../core/markdown/print.ts'
import { fakeDom } from '../testing/fake-dom.ts'
import { HOSTILE_MARKUP } from '../testing/hostile-markup.test-data.ts'
import { HOSTILE_URLS } from '../testing/hostile-urls.test-data.ts'
import { treeFromPlain, wellFormed } from './extensions/clipboard.ts'
import { showAddress } from './extensions/link-address.ts'
import { treeFromHtml } from './html-to-tree.ts'

/** Every address of a link and every raw source in a tree, however deep. */
function found(value: unknown, urls: string[] = [], raws: string[] = []): { urls: string[]; raws: string[] } {
  if (typeof value === 'object' && value !== null) {
    const { type, url, source } = value as { type?: unknown; url?: unknown; source?: unknown }
    if (type === 'link') urls.push(String(url))
    if (type === 'raw' || type === 'verbatim') raws.push(String(source))
    for (const inner of Object.values(value)) found(inner, urls, raws)
  }
  return { urls, raws }
}

test('E29: of hostile HTML a tree keeps words, safe addresses and pictures of the web', () => {
  for (const { source } of HOSTILE_MARKUP) {
    const { urls, raws } = found(treeFromHtml(fakeDom(source)))
    expect(urls.filter((url) => safeUrl(url) === null)).toEqual([])
    expect(raws.filter((raw) => !/^!\[[^\]]*\]\(https?:\/\/[^\s()]+\)$/.test(raw) && raw !== '<br>')).toEqual([])
  }
})

test('E29: a hostile address in HTML leaves its words', () => {
  for (const url of HOSTILE_URLS) {
    const html = `<p><a href="${url.replaceAll('"', '')}">words</a><img src="${url.replaceAll('"', '')}" alt=""></p>`
    expect(found(treeFromHtml(fakeDom(html)))).toEqual({ urls: [], raws: [] })
  }
})

test('E29: a link of the page has the address that is safe, or none', () => {
  const attributes = new Map<string, string>()
  const dom = {
    setAttribute: (name: string, value: string) => attributes.set(name, value),
    removeAttribute: (name: string) => attributes.delete(name),
    toggleAttribute: (name: string, on: boolean) => (on ? attributes.set(name, '') : attributes.delete(name)),
  } as unknown as HTMLElement
  const shown = (url: string) => {
    attributes.clear()
    attributes.set('href', url)
    showAddress(dom, url)
    return Object.fromEntries(attributes)
  }
  for (const url of HOSTILE_URLS) expect(shown(url)).not.toHaveProperty('href')
  expect(shown('javascript:x')).toEqual({ 'data-refused': '' })
  expect(shown('//example.org')).toEqual({ 'data-refused': '' })
  expect(shown('https://example.org/a')).toEqual({ href: 'https://example.org/a' })
  expect(shown('Folder/Note.md')).toEqual({ role: 'link' })
})

test('pasted as plain text, signs of Markdown are words', () => {
  for (const { source } of HOSTILE_MARKUP) {
    const tree = treeFromPlain(source)
    expect(found(tree)).toEqual({ urls: [], raws: [] })
    const again = parseMarkdown(printBlocks(tree)).blocks
    expect(found(again).urls).toEqual([])
  }
})

test('what no note can hold is dropped from pasted text, and nothing else', () => {
  expect(wellFormed('a\r\nb\rc\u2028d\u0000\u0007\u007f')).toBe('a\nb\nc\nd')
  expect(wellFormed('\ud800a\udc00 \u{1f389}')).toBe('\ufffda\ufffd \u{1f389}')
  const kept = 'a\u00a0b\u200b\u200dc\t\u202ed\u2069 \u0301'
  expect(wellFormed(kept)).toBe(kept)
})
