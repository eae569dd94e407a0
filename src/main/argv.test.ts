import { expect, test } from 'vitest'
import { readStartArguments } from './argv.ts'

test('a plain start has windows and the profile that Chromium was told', () => {
  expect(readStartArguments(['electron', '.'])).toEqual({ cli: null, profile: null })
  expect(readStartArguments(['electron', '--no-sandbox', '--user-data-dir=/tmp/p', '.']).profile).toBe('/tmp/p')
  expect(readStartArguments(['electron', '.', '--user-data-dir', '/tmp/p']).profile).toBe('/tmp/p')
})

test('what follows --cli is the command line, --profile taken out wherever it stands', () => {
  const start = ['electron', '--user-data-dir=/tmp/p', '.', '--cli']
  expect(readStartArguments([...start, 'list', '--kind', 'essay'])).toEqual({
    cli: ['list', '--kind', 'essay'],
    profile: '/tmp/p',
  })
  const expected = { cli: ['search', '--limit', '3', 'ö'], profile: 'd ir' }
  expect(readStartArguments([...start, 'search', '--profile', 'd ir', '--limit', '3', 'ö'])).toEqual(expected)
  expect(readStartArguments([...start, '--profile=d ir', 'search', '--limit', '3', 'ö'])).toEqual(expected)
})
