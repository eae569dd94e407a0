import { expect, test } from 'vitest'
import { cpuTime } from '../../testing/cpu-time.ts'
import { HOSTILE_URLS } from '../../testing/hostile-urls.test-data.ts'
import { safeUrl } from './url.ts'

test('L8: web and mail addresses are safe', () => {
  expect(safeUrl('https://example.org/a?b=c#d')).toBe('https://example.org/a?b=c#d')
  expect(safeUrl(' HTTP://Example.org ')).toBe('http://Example.org')
  expect(safeUrl('mailto:ana@example.org')).toBe('mailto:ana@example.org')
  expect(safeUrl('https://example.org/a b')).toBe('https://example.org/a%20b')
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' \u0001javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'vbscript:x',
  'blob:https://x/y',
  'ftp://example.org',
  'relative/path.md',
  '//example.org',
  '/etc/passwd',
  'https:example.org',
  'https:\\\\example.org',
  'https://',
  'https:// evil',
  'https://exa\u0000mple.org',
  'https://exa\u2028mple.org',
  'mailto:nobody',
  'mailto:a@b.c d',
  '',
])('L8: %j is not', (url) => {
  expect(safeUrl(url)).toBeNull()
})

test.each(HOSTILE_URLS)('L8: hostile, %j is not', (url) => {
  expect(safeUrl(url)).toBeNull()
})

test('L8: an address may hold an @ and a backslash behind its host', () => {
  expect(safeUrl('https://example.org/@ana?q=a@b#c\\d')).toBe('https://example.org/@ana?q=a@b#c\\d')
})

test('L8: blanks without end are read in no time', () => {
  const before = cpuTime()
  expect(safeUrl(`a${' '.repeat(500_000)}b`)).toBeNull()
  expect(safeUrl(`${' '.repeat(500_000)}https://example.org${'\t'.repeat(500_000)}`)).toBe('https://example.org')
  expect(cpuTime() - before).toBeLessThan(2_000)
})
