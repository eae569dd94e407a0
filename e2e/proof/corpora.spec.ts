import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { cliJson, startCli } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { hasCorpus, hashes, unpackCorpus } from '../support/shared.ts'

type Skipped = { path: string; reason: string }[]
type Imported = { notes: number; attachments: number; links: number; unresolved: number; skipped: Skipped }
type Checked = { ok: boolean; notes: number; problems: { code: string; id: string; text: string }[] }

const CORPORA = [
  { name: 'garden', notes: 7_772 },
  { name: 'jz', notes: 749 },
  { name: 'kepano', notes: 103 },
]

for (const { name, notes } of CORPORA) {
  test(`the ${name} vault goes in whole and comes out byte for byte`, async ({ profile, folder }) => {
    test.skip(!hasCorpus(name), 'the real vaults are not beside this checkout')
    test.setTimeout(300_000)
    const source = path.join(folder, name)
    const target = path.join(folder, 'out')
    await mkdir(source)
    unpackCorpus(name, source)
    const before = await hashes(source)

    const report = await cliJson<Imported>(profile, 'import', source)
    const reasons = new Map(report.skipped.map((skipped) => [skipped.path, skipped.reason]))
    expect(report.notes).toBe(notes)
    expect([...reasons.values()].every((reason) => reason.length > 0)).toBe(true)
    expect(await hashes(source), 'the source is never written to').toEqual(before)

    const again = await cliJson<Imported>(profile, 'import', source)
    expect({ ...again, ms: 0 }, 'M8: the same folder twice changes nothing').toEqual({ ...report, ms: 0 })

    const checked = await cliJson<Checked>(profile, 'check')
    expect(checked.problems).toEqual([])
    expect(checked).toMatchObject({ ok: true, notes })

    await cliJson(profile, 'export', target)
    const after = await hashes(target)
    const differing = [...before].filter(([file, hash]) => !isNamed(reasons, file) && after.get(file) !== hash)
    expect(
      differing.map(([file]) => file),
      'M1: untouched files are exported byte for byte',
    ).toEqual([])
    const added = [...after.keys()].filter((file) => !before.has(file) && !file.startsWith('.throughline/'))
    expect(added).toEqual([])
  })
}

/** A file is named by its own path or by a folder above it that was left out whole. */
function isNamed(reasons: ReadonlyMap<string, string>, file: string): boolean {
  const parts = file.split('/')
  return parts.some((_part, n) => reasons.has(parts.slice(0, n + 1).join('/')))
}

test('an import that is killed in the middle keeps what it reported, and goes on', async ({ profile, folder }) => {
  const NOTES = 7_772
  test.skip(!hasCorpus('garden'), 'the real vaults are not beside this checkout')
  test.setTimeout(300_000)
  const source = path.join(folder, 'source')
  await mkdir(source)
  unpackCorpus('garden', source)

  let reported = 0
  const { child, done } = startCli(profile, ['import', source], (text) => {
    reported = Math.max(reported, reportedNotes(text))
    if (reported > NOTES / 4) child.kill('SIGKILL')
  })
  expect((await done).code, 'it was killed before its end').not.toBe(0)
  expect(reported).toBeGreaterThan(NOTES / 4)

  type Listed = { id: string; path: string }[]
  const listed = await cliJson<Listed>(profile, 'list')
  expect(listed.length).toBeGreaterThanOrEqual(reported)
  expect(listed.length).toBeLessThan(NOTES)

  await cliJson(profile, 'import', source)
  const complete = await cliJson<Listed>(profile, 'list')
  expect(complete.length).toBe(NOTES)
  const ids = new Map(complete.map((note) => [note.path, note.id]))
  expect(
    listed.filter((note) => ids.get(note.path) !== note.id),
    'no note was made twice',
  ).toEqual([])
  expect(await cliJson<Checked>(profile, 'check')).toMatchObject({ ok: true, notes: NOTES })
})

/** The highest number of files that these progress lines call read. */
function reportedNotes(stderr: string): number {
  return Math.max(0, ...[...stderr.matchAll(/read\D*(\d+)/g)].map((match) => Number(match[1])))
}
