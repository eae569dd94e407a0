import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import type { Known } from './backups-file.ts'
import { type RehearseOptions, rehearse } from './rehearse.ts'

const folder = temporaryFolders()

/** A command line that answers as it is told to, and writes down how it was called. */
function setUp(
  answers: Record<string, string>,
  place: Known['place'] = 'second',
  change: Partial<RehearseOptions> = {},
) {
  const base = folder()
  const script = path.join(base, 'app.mjs')
  const calls = path.join(base, 'calls')
  writeFileSync(
    script,
    `import { appendFileSync, writeFileSync } from 'node:fs'
const [verb, ...rest] = process.argv.slice(2)
appendFileSync(${JSON.stringify(calls)}, [verb, ...rest].join(' ') + '\\n')
writeFileSync('left.txt', 'something of a vault')
const answers = ${JSON.stringify(answers)}
if (answers[verb] === 'hang') setInterval(() => {}, 1000)
else if (answers[verb] === 'fail') process.exit(1)
else process.stdout.write(answers[verb] + '\\n')`,
  )
  const at = {
    path: '/b/a.throughline',
    at: 1,
    bytes: 1,
    notes: 3,
    verified: true,
    vault: vaultId('vaultvault'),
    journal: 1,
  }
  const profile = path.join(base, 'rehearsal')
  const options: RehearseOptions = {
    archive: { ...at, place },
    own: { command: process.execPath, args: [script] },
    folder: profile,
    missing: async () => 0,
    now: () => 7,
    signal: new AbortController().signal,
    ...change,
  }
  return { base, profile, calls, run: () => rehearse(options) }
}

const restored = JSON.stringify({ notes: 3, bytes: 1, verified: true, vault: 'Notes', different: 0, missing: 0 })
const checked = (...problems: string[]) =>
  JSON.stringify({
    ok: problems.length === 0,
    notes: 3,
    problems: problems.map((code) => ({ code, id: 'x', text: 'y' })),
  })

test('restores and checks in an empty profile, which is gone afterwards, as is what an earlier one left', async () => {
  const { base, profile, calls, run } = setUp({ restore: restored, check: checked() })
  mkdirSync(profile)
  writeFileSync(path.join(profile, 'left by a kill'), '')
  expect(await run()).toEqual({ at: 7, ok: true, notes: 3, text: 'All 3 notes came back as they were.' })
  expect(readFileSync(calls, 'utf8').trim().split('\n')).toEqual([
    `restore /b/a.throughline --profile ${profile}`,
    `check --profile ${profile}`,
  ])
  expect(existsSync(profile)).toBe(false)
  expect(readdirSync(base).sort()).toEqual(['app.mjs', 'calls'])
})

test('what does not come back is said', async () => {
  const other = { notes: 3, verified: false, different: 0, missing: 0 }
  const fewer = JSON.stringify({ ...other, notes: 2 })
  const cases: [Record<string, string>, RegExp][] = [
    [{ restore: 'fail' }, /ended with 1/],
    [{ restore: 'nonsense' }, /could not be restored/],
    [{ restore: restored, check: 'fail' }, /ended with 1/],
    [{ restore: restored, check: '[]' }, /could not be checked/],
    [{ restore: fewer, check: checked() }, /2 of 3/],
    [{ restore: JSON.stringify({ ...other, different: 2 }), check: checked() }, /2 did not come back/],
    [{ restore: JSON.stringify({ ...other, missing: 1 }), check: checked() }, /without 1 attachment\./],
    [{ restore: restored, check: checked('attachment-missing') }, /1 problem/],
    [{ restore: restored, check: checked('index', 'index') }, /2 problems/],
  ]
  for (const [answers, text] of cases) {
    const { profile, run } = setUp(answers)
    const result = await run()
    expect([answers, result.ok, result.text]).toEqual([answers, false, expect.stringMatching(text)])
    expect(existsSync(profile)).toBe(false)
  }
})

test('an archive that only names its files is judged by the files that are here', async () => {
  const named = JSON.stringify({ notes: 3, verified: false, different: 0, missing: 2 })
  const answers = { restore: named, check: checked('attachment-missing') }
  expect(await setUp(answers, 'here').run()).toMatchObject({ ok: true })
  const { run } = setUp(answers, 'here', { missing: async () => 2 })
  expect(await run()).toMatchObject({ ok: false, text: expect.stringContaining('without 2 attachments') })
})

test('the end of the app ends it, and a program that does not start is said', async () => {
  const abort = new AbortController()
  const { profile, run, calls } = setUp({ restore: 'hang' }, 'second', { signal: abort.signal })
  const running = run()
  await expect.poll(() => existsSync(calls)).toBe(true)
  abort.abort()
  expect(await running).toMatchObject({ ok: false })
  expect(existsSync(profile)).toBe(false)
  const none = setUp({}, 'second', { own: { command: '/nowhere/at/all', args: [] } })
  expect(await none.run()).toMatchObject({ ok: false, text: expect.stringContaining('not be started') })
})
