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

test('behind `--` nothing is a flag of Chromium', () => {
  const words = ['log', 'A note', '--type', 'saw', '--text', 'x']
  expect(readStartArguments(['electron', '.', '--cli', '--', ...words]).cli).toEqual(words)
  expect(readStartArguments(['/usr/bin/throughline', '--', ...words], { installed: true }).cli).toEqual(words)
})

test('an installed app takes a verb as its first word', () => {
  const installed = { installed: true }
  const read = (...args: string[]) => readStartArguments(['/usr/bin/throughline', ...args], installed)
  expect(read()).toEqual({ cli: null, profile: null })
  expect(read('--user-data-dir=/tmp/p', '--remote-debugging-port=0')).toEqual({ cli: null, profile: '/tmp/p' })
  expect(read('list', '--kind', 'essay')).toEqual({ cli: ['list', '--kind', 'essay'], profile: null })
  expect(read('--no-sandbox', 'search', '--profile', 'd', 'ö')).toEqual({ cli: ['search', 'ö'], profile: 'd' })
  expect(read('--help')).toEqual({ cli: ['--help'], profile: null })
  expect(read('--cli', 'list')).toEqual({ cli: ['list'], profile: null })
})
