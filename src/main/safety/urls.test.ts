import { expect, test } from 'vitest'
import { bundlePath, externalUrl, isPageUrl } from './urls.ts'

test('http, https and mailto go to the system, in their parsed form', () => {
  expect(externalUrl('https://example.org/a b')).toBe('https://example.org/a%20b')
  expect(externalUrl('HTTP://EXAMPLE.org')).toBe('http://example.org/')
  expect(externalUrl('mailto:ana@example.org?subject=x')).toBe('mailto:ana@example.org?subject=x')
})

test('nothing else does, however it is written', () => {
  const refused = [
    ...['javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'JaVaScRiPt:alert(1)'],
    ...['file:///etc/passwd', 'file://server/share', '\\\\server\\share', 'smb://server/share'],
    ...['data:text/html,<script>1</script>', 'blob:https://a/b', 'vbscript:x', 'app://bundle/index.html'],
    ...['ms-msdt:/id', 'search-ms:query=x', 'throughline://open', 'about:blank', 'chrome://settings', 'view-source:x'],
    ...['', '/etc/passwd', 'example.org', '//example.org', 'http://', 'https:'],
  ]
  for (const url of refused) expect([url, externalUrl(url)]).toEqual([url, null])
})

test('a page of ours is one by its parsed origin', () => {
  expect(isPageUrl('app://bundle/index.html?vault=x')).toBe(true)
  const others = [
    ...['app://bundle.evil/', 'app://evil/bundle', 'app://bundle@evil/', 'app://u:p@bundle/', 'app://bundle:80/'],
    ...['https://bundle/', 'file:///bundle', 'APPX://bundle/', 'app:bundle', ''],
  ]
  for (const url of others) expect([url, isPageUrl(url)]).toEqual([url, false])
})

test('an address leads to a plain file of the bundle, or nowhere', () => {
  expect(bundlePath('app://bundle/index.html?vault=x#y')).toEqual(['index.html'])
  expect(bundlePath('app://bundle/assets/index-B_x.js')).toEqual(['assets', 'index-B_x.js'])
  // A parser that knows the scheme as a standard one resolves `..` itself; the others show it to us.
  const refused = [
    ...['app://bundle/', 'app://bundle', 'app://bundle//index.html', 'app://bundle/assets/', 'app://bundle/.hidden'],
    ...['app://bundle/..%2f..%2fpackage.json', 'app://bundle/%2e%2e%2fpackage.json', 'app://bundle/..%5cx.js'],
    ...['app://bundle/%252e%252e%252fx.js', 'app://bundle/a%00.html', 'app://bundle/a%2fb.js', 'app://bundle/C:/x.js'],
    ...['app://bundle/%c3%28.js', 'app://bundle/a b.js', 'app://bundle/~/x.js', 'app://evil/index.html'],
    ...['app://bundle/assets/..%2f..%2f..%2fetc/passwd', 'app://bundle/%2fetc/passwd', 'app://bundle/%'],
  ]
  for (const url of refused) expect([url, bundlePath(url)]).toEqual([url, null])
  for (const url of ['app://bundle/../../etc/passwd', 'app://bundle/a/%2e%2e/%2E%2e/etc/passwd']) {
    expect(bundlePath(url) ?? []).not.toContain('..')
  }
})
