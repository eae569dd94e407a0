import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { ArchiveReader } from '../src/main/backups/archive-reader.ts'
import { readSnapshot } from '../src/main/journal/snapshot-file.ts'
import { Shell } from './pages/shell.ts'
import { cli, cliJson } from './support/cli.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'
import { filesWith } from './support/profile-text.ts'
import { hashes } from './support/shared.ts'

type Row = { id: string; title: string }
type Made = { notes: number; bytes: number; verified: boolean; path: string }
type Restored = { notes: number; bytes: number; verified: boolean; vault: string }

const MARKER = 'zyxoquincunx'

/** A folder of notes and files, as a person has one. */
async function fill(folder: string): Promise<string> {
  const source = path.join(folder, 'source')
  const files: Record<string, string | Buffer> = {
    'Essays/Blast radius.md': '---\ntags: [ops]\n---\n\nEvery change has a reach. ![[picture.png]]\n',
    'Examples/The outage.md': 'illustrates:: [[Blast radius]]\n\nOn Monday the queue stopped. ☃\n',
    'Plain.md': 'A plain note\r\nwith two ends of line.\r\n',
    'To be thrown away.md': 'Thrown away, and still there.\n',
    'picture.png': Buffer.from([137, 80, 78, 71, 1, 2, 3]),
    'Attachments/other.pdf': Buffer.alloc(300_000, 'pdf'),
  }
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(source, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  return source
}

const named = async (window: Page, title: string): Promise<Row> =>
  callPort<Row>(window, 'vault', 'find', { name: title })

/** The Markdown and the files of a vault, by path. */
async function exported(profile: string, folder: string, ...vault: string[]): Promise<Map<string, string>> {
  await cliJson(profile, 'export', folder, ...vault)
  const found = await hashes(folder)
  found.delete('.throughline/receipt.json') // says when, and of which vault
  return found
}

/** Everything that an archive holds, unpacked: entries, and the docs of its snapshot. */
async function contentsOf(archive: string, folder: string): Promise<Map<string, Buffer>> {
  const reader = await ArchiveReader.open(archive)
  await reader.verify({ signal: new AbortController().signal })
  const all = new Map<string, Buffer>([['manifest.json', Buffer.from(JSON.stringify(reader.manifest))]])
  for (const name of reader.names('')) {
    if (name !== 'manifest.json') all.set(name, Buffer.from(await reader.read(name)))
  }
  const file = path.join(folder, `${path.basename(archive)}.snapshot`)
  await reader.unpack('journal.snapshot', file)
  await reader.close()
  const snapshot = await readSnapshot(file)
  for (const [key, { head }] of snapshot.docs) {
    all.set(`doc ${key}`, Buffer.concat([...(head ? [head] : []), ...(await snapshot.read(key))]))
  }
  await snapshot.close()
  await rm(file)
  return all
}

const holding = (contents: ReadonlyMap<string, Buffer>, word: string): string[] =>
  [...contents].filter(([name, bytes]) => name.includes(word) || bytes.includes(word)).map(([name]) => name)

test('written, archived, restored on another computer: every note, file and version is as it was', async ({
  launchApp,
  profile,
  folder,
}) => {
  test.setTimeout(240_000)
  await cliJson(profile, 'import', await fill(folder))
  const { window, electron } = await launchApp()
  await new Shell(window).ready()
  const plain = await named(window, 'Plain')
  await callPort(window, 'vault', 'keepVersion', { id: plain.id, name: 'As imported' })
  await callPort(window, 'vault', 'appendMarkdown', { id: plain.id, markdown: 'And a line more.\n' })
  await callPort(window, 'vault', 'createNote', { title: 'Written here', kind: 'essay', markdown: 'New words.\n' })
  const gone = await named(window, 'To be thrown away')
  await callPort(window, 'vault', 'trashNote', { id: gone.id })

  // With a window open the command line goes through it.
  const file = path.join(folder, 'all.throughline')
  const held = await cliJson<Made>(profile, 'backup', file)
  expect(held).toEqual({ notes: 4, bytes: expect.any(Number), verified: true, path: file })
  const daily = await cliJson<Made>(profile, 'backup')
  expect(daily).toMatchObject({ notes: 4, verified: true })
  expect(daily.path.startsWith(path.join(profile, 'backups'))).toBe(true)
  expect(daily.bytes).toBeLessThan(held.bytes - 290_000)
  const state = await callPort<{ archives: { path: string }[]; problem: string | null }>(window, 'app', 'backups', {})
  expect(state).toMatchObject({ archives: [{ path: daily.path, verified: true, place: 'here' }], problem: null })
  await electron.close()

  const other = path.join(folder, 'other')
  const restored = await cliJson<Restored>(other, 'restore', file)
  expect(restored).toMatchObject({
    notes: 4,
    bytes: held.bytes,
    verified: true,
    vault: 'source',
    different: 0,
    missing: 0,
  })
  // the one in the trash among them
  expect(await cliJson(other, 'check')).toEqual({ ok: true, notes: 5, problems: [] })
  const before = await exported(profile, path.join(folder, 'before'))
  expect(before.size).toBeGreaterThan(6)
  expect(await exported(other, path.join(folder, 'after'))).toEqual(before)
  const versions = async (at: string) => {
    const [vault] = await cliJson<{ id: string }[]>(at, 'vaults')
    const found = await hashes(path.join(at, 'vaults', vault?.id ?? '', 'versions'))
    return [...found].filter(([name]) => name.endsWith('.versions'))
  }
  expect((await versions(other)).length).toBeGreaterThan(0)
  expect(await versions(other)).toEqual(await versions(profile))

  // Beside the others, from an archive that only names its files.
  expect(await cliJson(profile, 'restore', daily.path)).toMatchObject({ notes: 4, verified: true, vault: 'source 2' })
  const again = await exported(profile, path.join(folder, 'again'), '--vault', 'source 2')
  expect(again).toEqual(before)
  expect(await cliJson(profile, 'check', '--vault', 'source 2')).toMatchObject({ ok: true })
})

test('a note that is removed for good is in no archive any more, and in no file of the profile', async ({
  launchApp,
  profile,
  folder,
}) => {
  test.setTimeout(240_000)
  await cliJson(profile, 'import', await fill(folder))
  const { window, electron } = await launchApp()
  await new Shell(window).ready()
  const secret = await callPort<Row>(window, 'vault', 'createNote', {
    title: `Secret ${MARKER}`,
    kind: 'note',
    markdown: `The word is ${MARKER}.\n`,
  })
  await callPort(window, 'vault', 'keepVersion', { id: secret.id, name: `Named ${MARKER}` })
  const { path: archive } = await cliJson<Made>(profile, 'backup')
  expect(holding(await contentsOf(archive, folder), MARKER).sort()).toEqual(
    [
      ...[
        'manifest.json',
        'journal.snapshot',
        `markdown/Notes/Secret ${MARKER}.md`,
        'markdown/.throughline/ids.json',
        `doc ${secret.id}`,
      ],
      `versions/${secret.id}.versions`,
    ].sort(),
  )

  await callPort(window, 'vault', 'trashNote', { id: secret.id })
  const purged = await callPort(window, 'vault', 'purgeNotes', { ids: [secret.id] })
  expect(purged).toEqual({ notes: 1, archives: 1, left: [] })
  const after = await contentsOf(archive, folder)
  expect(holding(after, MARKER)).toEqual([])
  expect(after.has(`doc ${secret.id}`)).toBe(false)
  expect(after.has('markdown/Plain.md')).toBe(true)
  await electron.close()
  // Chromium’s own files are the business of trash.spec.ts.
  expect((await filesWith(profile, MARKER)).filter((name) => !name.startsWith('Partitions'))).toEqual([])

  const other = path.join(folder, 'other')
  expect(await cliJson(other, 'restore', archive)).toMatchObject({ notes: 4 })
  expect((await cliJson<Row[]>(other, 'list')).map(({ title }) => title)).not.toContain(`Secret ${MARKER}`)
})

test('a restore is rehearsed with a profile of its own, which is gone afterwards', async ({
  launchApp,
  profile,
  folder,
}) => {
  await cliJson(profile, 'import', await fill(folder))
  const { window } = await launchApp()
  await new Shell(window).ready()
  await callPort(window, 'app', 'backupNow', {})
  const state = await callPort<{ rehearsal: { ok: boolean; notes: number; text: string } }>(
    window,
    'app',
    'rehearseRestore',
    {},
  )
  expect(state.rehearsal).toMatchObject({ ok: true, notes: 4, text: 'All 4 notes came back as they were.' })
  expect(await readdir(profile)).not.toContain('rehearsal')
  expect((await cliJson<unknown[]>(profile, 'vaults')).length).toBe(1)
})

test('what is no archive, damaged or there already is said, and nothing is touched', async ({ profile, folder }) => {
  await cliJson(profile, 'import', await fill(folder))
  const file = path.join(folder, 'a.throughline')
  await cliJson(profile, 'backup', file)
  const whole = await readFile(file)
  const text = path.join(folder, 'text.md')
  await writeFile(text, 'mine')
  const cut = path.join(folder, 'cut.throughline')
  await writeFile(cut, whole.subarray(0, whole.length - 100))
  for (const [args, stderr] of [
    [['restore', path.join(folder, 'none')], /not there/],
    [['restore', text], /not an archive/],
    [['restore', cut], /damaged/],
    [['backup', text], /there already/],
  ] as const) {
    const run = await cli(profile, ...args)
    expect([args, run.code, run.stderr]).toEqual([args, 1, expect.stringMatching(stderr)])
  }
  expect(await readFile(text, 'utf8')).toBe('mine')
  expect((await cliJson<unknown[]>(profile, 'vaults')).length).toBe(1)
  // over an archive of the same vault it may write
  expect(await cliJson(profile, 'backup', file)).toMatchObject({ verified: true })
})
