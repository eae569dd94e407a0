import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cli, cliJson, startCli } from './support/cli.ts'
import { expect, test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'
import { hashes } from './support/shared.ts'
import { verb, verbJson } from './support/verb.ts'

// CLI.md: each verb with the shape of its result; one JSON value on stdout; exit 0, 1 or 2.

const NOTES: Readonly<Record<string, string>> = {
  'Essays/Blast radius.md':
    '---\naliases: [Radius]\ntags: [ops]\nstatus: draft\n---\n\nEvery change has a reach. Keep it small.\n',
  'Examples/The outage.md': 'illustrates:: [[Blast radius]]\n\nOn Monday the queue stopped. See [[Not written yet]].\n',
  'Plain.md': 'A plain note\r\nthat mentions [[Radius]] twice: [[Blast radius|here]]. #ops/night\r\n',
}

async function fill(folder: string): Promise<string> {
  const source = path.join(folder, 'source')
  for (const [name, text] of Object.entries(NOTES)) {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true })
    await writeFile(path.join(source, name), text)
  }
  await writeFile(path.join(source, 'picture.png'), Buffer.from([137, 80, 78, 71]))
  await writeFile(path.join(source, '.hidden'), 'x')
  return source
}

type Row = { id: string; title: string; kind: string; path: string; updated: string }

test('every verb answers with its shape', async ({ app, profile, folder }) => {
  const source = await fill(folder)
  expect(await verbJson(profile, 'vaults')).toEqual([])
  const first = await verbJson<{ ms: number }>(profile, 'import', source)
  expect(first).toEqual({
    notes: 3,
    attachments: 1,
    links: 4,
    unresolved: 1,
    skipped: [{ path: '.hidden', reason: expect.any(String) }],
    ms: expect.any(Number),
  })
  expect({ ...(await verbJson<{ ms: number }>(profile, 'import', source)), ms: 0 }).toEqual({ ...first, ms: 0 })
  expect(await verbJson(profile, 'vaults')).toEqual([{ name: 'source', id: expect.any(String), notes: 3 }])

  const rows = await verbJson<Row[]>(profile, 'list')
  expect(rows.map(({ title, path }) => [title, path])).toEqual([
    ['Blast radius', 'Essays/Blast radius.md'],
    ['Plain', 'Plain.md'],
    ['The outage', 'Examples/The outage.md'],
  ])
  expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['id', 'kind', 'path', 'title', 'updated'])
  expect((await verbJson<Row[]>(profile, 'list', '--tag', 'ops')).map(({ title }) => title).sort()).toEqual([
    'Blast radius',
    'Plain',
  ])
  expect(await verbJson(profile, 'list', '--kind', 'commitment')).toEqual([])

  const id = rows[0]?.id
  const shown = {
    id,
    title: 'Blast radius',
    kind: expect.any(String),
    path: 'Essays/Blast radius.md',
    markdown: NOTES['Essays/Blast radius.md'],
    properties: expect.objectContaining({ status: 'draft' }),
  }
  expect(await verbJson(profile, 'show', 'Essays/Blast radius.md')).toEqual(shown)
  expect(await verbJson(profile, 'show', 'blast radius')).toEqual(shown)

  expect(await verbJson(profile, 'search', 'queue stopped')).toEqual({
    total: 1,
    ms: expect.any(Number),
    hits: [
      {
        id: expect.any(String),
        title: 'The outage',
        path: 'Examples/The outage.md',
        kind: expect.any(String),
        snippet: expect.stringContaining('queue'),
      },
    ],
  })
  expect(await verbJson(profile, 'search', 'nowhere', '--limit', '1')).toMatchObject({ total: 0, hits: [] })

  const backlinks = await verbJson<{ total: number; items: { relation: string; context: string; path: string }[] }>(
    profile,
    'backlinks',
    'Radius',
  )
  expect(backlinks.total).toBe(backlinks.items.length)
  expect(backlinks.items.map(({ path, relation }) => [path, relation]).sort()).toEqual([
    ['Examples/The outage.md', 'illustrates'],
    ['Plain.md', 'mentions'],
  ])
  expect(Object.keys(backlinks.items[0] ?? {}).sort()).toEqual(['context', 'id', 'path', 'relation', 'title'])

  const graph = await verbJson<{ nodes: { id: string; title: string; kind: string }[]; edges: string[][] }>(
    profile,
    'graph',
  )
  expect(graph.nodes.filter(({ kind }) => kind === 'unresolved').map(({ title }) => title)).toEqual(['Not written yet'])
  const outage = rows.find(({ title }) => title === 'The outage')?.id
  expect(graph.edges).toContainEqual([outage, id, 'illustrates'])

  const text = path.join(folder, 'text.md')
  await writeFile(text, 'Written by a script, about [[Plain]].\n')
  const made = await verbJson<{ id: string; path: string }>(
    profile,
    'new',
    'From a script',
    '--kind',
    'essay',
    '--markdown',
    text,
  )
  expect(made).toEqual({ id: expect.any(String), path: 'Essays/From a script.md' })
  expect(await verbJson(profile, 'append', 'From a script', '--markdown', text)).toEqual(made)
  const { markdown } = await verbJson<{ markdown: string }>(profile, 'show', 'From a script')
  expect(markdown.match(/Written by a script/g)?.length).toBe(2)
  expect(await verbJson(profile, 'check')).toEqual({ ok: true, notes: 4, problems: [] })

  const target = path.join(folder, 'target')
  expect(await verbJson(profile, 'export', target)).toEqual({
    notes: 4,
    attachments: 1,
    bytes: expect.any(Number),
    ms: expect.any(Number),
    receipt: path.join(target, '.throughline', 'receipt.json'),
  })
  for (const [name, text] of Object.entries(NOTES)) expect(await readFile(path.join(target, name), 'utf8')).toBe(text)
  expect(app.errors).toEqual([])
})

test('one JSON value on stdout, from a process of its own: in, found, shown, out', async ({ profile, folder }) => {
  const source = await fill(folder)
  expect(await cliJson(profile, 'vaults')).toEqual([])
  expect(await cliJson(profile, 'import', source)).toMatchObject({ notes: 3, attachments: 1, links: 4, unresolved: 1 })
  expect(await cliJson(profile, 'search', 'queue stopped')).toMatchObject({ total: 1, hits: [{ title: 'The outage' }] })
  expect(await cliJson(profile, 'show', 'Plain')).toMatchObject({ markdown: NOTES['Plain.md'] })
  const target = path.join(folder, 'target')
  expect(await cliJson(profile, 'export', target)).toMatchObject({ notes: 3, attachments: 1 })
  for (const [name, text] of Object.entries(NOTES)) expect(await readFile(path.join(target, name), 'utf8')).toBe(text)
})

test('failures say what is wrong and leave the rest alone: exit 1 for failed, 2 for wrong usage', async ({
  launchApp,
  profile,
  folder,
}) => {
  const source = await fill(folder)
  await writeFile(path.join(folder, 'picture.bin'), '')
  const cases: [string[], number, RegExp][] = [
    [['--help'], 0, /^$/],
    [['frobnicate'], 2, /no verb/],
    [['list'], 1, /no vault yet/],
  ]
  for (const [args, code, stderr] of cases) {
    const run = await cli(profile, ...args)
    expect([args, run.code, run.stderr.trim()]).toEqual([args, code, expect.stringMatching(stderr)])
    if (code !== 0) expect(run.stdout).toBe('')
  }

  // the rest is said by an app that is open
  await launchApp()
  const others: [string[], number, RegExp][] = [
    [['search'], 2, /usage: throughline search/],
    [['promises'], 2, /no verb/],
    [['import', path.join(folder, 'none')], 1, /no folder .*none/],
    [['import', path.join(folder, 'picture.bin')], 1, /picture\.bin/],
  ]
  for (const [args, code, stderr] of others) {
    const run = await verb(profile, ...args)
    expect([args, run.code, run.stderr.trim()]).toEqual([args, code, expect.stringMatching(stderr)])
    if (code !== 0) expect(run.stdout).toBe('')
  }
  expect(await verbJson(profile, 'vaults')).toEqual([])

  await verbJson(profile, 'import', source)
  const before = await hashes(source)
  for (const [args, stderr] of [
    [['export', source], /not empty/],
    [['export', profile], /own data/],
    [['show', 'No such note'], /No such note/],
    [['list', '--vault', 'nowhere'], /“source”/],
    [['append', 'Plain', '--markdown', path.join(folder, 'none.md')], /none\.md/],
  ] as const) {
    const run = await verb(profile, ...args)
    expect([args, run.code, run.stderr]).toEqual([args, 1, expect.stringMatching(stderr)])
  }
  expect(await hashes(source)).toEqual(before)
})

test('with a window open it talks to that one: both see the same notes', async ({ window: page, profile, folder }) => {
  const source = await fill(folder)
  // the window reloads, and may be gone before the answer has reached the test
  const created = callPort(page, 'app', 'createVault', { name: 'Shared', from: 'empty' }).catch(() => null)
  await page.waitForURL((url) => url.searchParams.has('vault'))
  await created
  expect(await cliJson(profile, 'import', source)).toMatchObject({ notes: 3 })
  await expect
    .poll(async () => (await callPort<Row[]>(page, 'vault', 'notes', {})).map(({ title }) => title))
    .toEqual(['Blast radius', 'Plain', 'The outage'])
  const row = await callPort<Row>(page, 'vault', 'createNote', { title: 'From the window', kind: 'note' })
  expect(await cliJson(profile, 'show', 'From the window')).toMatchObject({ id: row.id })
  const both = await Promise.all([cliJson<Row[]>(profile, 'list'), cliJson<Row[]>(profile, 'list')])
  for (const rows of both) expect(rows.length).toBe(4)
})

test('two at once on one profile: the second waits for nobody and loses nothing', async ({ profile, folder }) => {
  const source = await fill(folder)
  const [imported, vaults] = await Promise.all([
    cliJson<{ notes: number }>(profile, 'import', source),
    cliJson<unknown[]>(profile, 'vaults'),
  ])
  expect(imported.notes).toBe(3)
  expect(vaults.length).toBeLessThanOrEqual(1)
  expect((await cliJson<Row[]>(profile, 'list')).length).toBe(3)
})

test('a window that is started meanwhile waits for the command line, then shows what it did', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.setTimeout(120_000)
  const source = path.join(folder, 'many')
  await mkdir(source)
  for (let i = 0; i < 600; i++) await writeFile(path.join(source, `n${i}.md`), `# n${i}\n`)
  let begun = () => {}
  const begins = new Promise<void>((resolve) => {
    begun = resolve
  })
  const { done } = startCli(profile, ['import', source], () => begun())
  await begins
  const { window } = await launchApp()
  expect((await done).code).toBe(0)
  await expect.poll(() => callPort<Row[]>(window, 'vault', 'notes', {}).then((rows) => rows.length)).toBe(600)
})

test('Ctrl+C ends an import in order: what is in stays', async ({ profile, folder }) => {
  test.setTimeout(120_000)
  const source = path.join(folder, 'many')
  await mkdir(source)
  for (let i = 0; i < 1500; i++) await writeFile(path.join(source, `n${i}.md`), `# n${i}\n`)
  let reported = 0
  let isStopped = false
  const { child, done } = startCli(profile, ['import', source], (text) => {
    for (const [, count] of text.matchAll(/reading (\d+)\//g)) reported = Math.max(reported, Number(count))
    if (reported > 0 && !isStopped) isStopped = child.kill('SIGINT')
  })
  const { code, stdout } = await done
  expect([1, 130]).toContain(code)
  expect(stdout).toBe('')
  const kept = await cliJson<Row[]>(profile, 'list')
  expect(kept.length).toBeGreaterThanOrEqual(reported)
})

test('killed in the middle of an import: what was reported is there, and the next run completes it', async ({
  profile,
  folder,
}) => {
  test.setTimeout(180_000)
  const COUNT = 1500
  const source = path.join(folder, 'many')
  await mkdir(source)
  for (let i = 0; i < COUNT; i++) await writeFile(path.join(source, `n${i}.md`), `# n${i}\n\n[[n${(i + 1) % COUNT}]]\n`)
  let reported = 0
  const { child, done } = startCli(profile, ['import', source], (text) => {
    for (const [, count] of text.matchAll(/reading (\d+)\//g)) reported = Math.max(reported, Number(count))
    if (reported > 0) child.kill('SIGKILL')
  })
  expect((await done).code).not.toBe(0)
  expect(reported).toBeGreaterThan(0)
  const kept = await cliJson<Row[]>(profile, 'list')
  expect(kept.length).toBeGreaterThanOrEqual(reported)
  expect(await cliJson(profile, 'import', source)).toMatchObject({ notes: COUNT, links: COUNT, unresolved: 0 })
  const rows = await cliJson<Row[]>(profile, 'list')
  expect(rows.length).toBe(COUNT)
  const ids = new Map(rows.map((row) => [row.path, row.id]))
  for (const row of kept) expect(ids.get(row.path)).toBe(row.id)
  expect(await cliJson(profile, 'check')).toEqual({ ok: true, notes: COUNT, problems: [] })
})
