import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Logger } from '../log.ts'
import { crashText } from './crash-text.ts'
import { CrashReports } from './reports.ts'
import { Running } from './running.ts'
import { firstFrame, reportUncaught, reportUnclean } from './watch-crashes.ts'

const folder = temporaryFolders()
const silent: Logger = { info: () => {}, warn: () => {}, error: () => {} }

function setUp() {
  const root = folder()
  const logs = path.join(root, 'logs')
  mkdirSync(logs)
  const reports = (now = new Date('2026-11-22T12:00:00Z')) =>
    new CrashReports({ folder: path.join(root, 'crashes'), logs, version: '0.1.0', log: silent, now: () => now })
  const run = (now = 1000, tick: (run: () => void) => () => void = () => () => {}) =>
    Running.open({ file: path.join(root, 'running.json'), version: '0.1.0', log: silent, now: () => now, tick })
  return { root, logs, reports, run }
}

test('a report says what ended, with versions and the last lines of the log', () => {
  const { root, logs, reports } = setUp()
  writeFileSync(path.join(logs, 'main.log'), Array.from({ length: 2000 }, (_, n) => `{"line":${n}}\n`).join(''))
  reports().write({ what: 'window', reason: 'crashed', exitCode: 5 })
  const [name = ''] = readdirSync(path.join(root, 'crashes'))
  const report = JSON.parse(readFileSync(path.join(root, 'crashes', name), 'utf8'))
  expect(report).toMatchObject({
    time: '2026-11-22T12:00:00.000Z',
    what: 'window',
    reason: 'crashed',
    exitCode: 5,
    versions: { throughline: '0.1.0', node: process.versions.node },
  })
  expect(report.log).toEqual(Array.from({ length: 50 }, (_, n) => `{"line":${1950 + n}}`))
  expect(reports().list()).toEqual([
    { id: name, at: Date.UTC(2026, 10, 22, 12), what: 'window', text: 'A window stopped (crashed, 5)' },
  ])
})

test('twenty are kept, the newest; other files in the folder are nobody’s business', () => {
  const { root, reports } = setUp()
  const now = new Date('2026-11-22T12:00:00Z')
  const kept = reports(now)
  for (let n = 0; n < 25; n++) {
    now.setSeconds(n)
    kept.write({ what: 'app', reason: `n${n}` })
  }
  const own = path.join(root, 'crashes', 'mine.txt')
  writeFileSync(own, 'x')
  expect(kept.list().map(({ text }) => text.match(/n\d+/)?.[0])).toEqual(
    Array.from({ length: 20 }, (_, n) => `n${24 - n}`),
  )
  kept.removeAll()
  expect(readdirSync(path.join(root, 'crashes'))).toEqual(['mine.txt'])
})

test('a folder that cannot be written fails nothing; a report that cannot be read is left out', () => {
  const { root, reports } = setUp()
  writeFileSync(path.join(root, 'crashes'), 'a file')
  expect(() => reports().write({ what: 'app', reason: 'x' })).not.toThrow()
  expect(reports().list()).toEqual([])
  const other = setUp()
  other.reports().write({ what: 'app', reason: 'x' })
  writeFileSync(path.join(other.root, 'crashes', '2026-11-22T12-00-00-000Z-99-app.json'), '{')
  expect(other.reports().list().length).toBe(1)
})

test('an error is reported once for each place, and without its message', () => {
  const { root, reports } = setUp()
  const fail = () => new TypeError('marker-word\n    at marker-word (/home/marker-word/x.js:1:2)')
  for (let n = 0; n < 3; n++) reportUncaught(reports(), fail())
  const names = readdirSync(path.join(root, 'crashes'))
  expect(names.length).toBe(1)
  const text = readFileSync(path.join(root, 'crashes', names[0] ?? ''), 'utf8')
  expect(text).not.toContain('marker-word')
  expect(JSON.parse(text).at).toMatch(/^at .*crash\.test\.ts:\d+:\d+\)?$/)
  expect(firstFrame('thrown text')).toBe('')
})

test('a run that did not end is found by the next one, with when it last lived', async () => {
  const { root, reports, run } = setUp()
  let now = 1000
  let tick = () => {}
  const first = Running.open({
    file: path.join(root, 'running.json'),
    version: '0.1.0',
    log: silent,
    now: () => now,
    tick: (beat) => {
      tick = beat
      return () => {}
    },
  })
  expect([first.endedUnclean, first.former]).toEqual([false, null])
  // The clock goes back: what is told is what it said last.
  now = 400
  tick()
  await first.written()
  const second = run()
  expect([second.endedUnclean, second.former?.started, second.former?.alive]).toEqual([true, 1000, 400])
  reportUnclean(reports(), second.former)
  expect(reports().list()[0]?.text).toBe('Throughline ended without closing')
})

test('a run that ended leaves nothing, also when a mark was on its way', async () => {
  const { run } = setUp()
  const first = run()
  first.end()
  first.end()
  await first.written()
  const second = run()
  await second.written()
  expect(second.endedUnclean).toBe(false)
  second.end()
  expect(run().endedUnclean).toBe(false)
})

test('a mark that was cut off counts', () => {
  const { root, run, reports } = setUp()
  writeFileSync(path.join(root, 'running.json'), '{"pid"')
  const next = run()
  expect([next.endedUnclean, next.former]).toEqual([true, null])
  expect(() => reportUnclean(reports(), next.former)).not.toThrow()
})

test('every kind of end is a sentence', () => {
  expect(crashText('vault', 'oom', -9)).toBe('The part that keeps a vault ran out of memory')
  expect(crashText('app', 'TypeError', null)).toBe('Throughline met an error (TypeError)')
})
