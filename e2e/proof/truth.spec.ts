import { execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { callPort } from '../support/ports.ts'
import { generator, hasGenerator } from '../support/shared.ts'

type Truth = {
  titles: string[]
  backlinks: number[][]
  queries: { kind: string; q: string; hits: number; sample: number[] }[]
}
type Hit = { id: string; title: string }

test('search totals and every backlink equal the ground truth of 1,000 generated notes', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.skip(!hasGenerator(), 'the corpus generator is not beside this checkout')
  test.setTimeout(180_000)
  const source = path.join(folder, 'vault')
  execFileSync(process.execPath, [realpathSync(generator), '--notes', '1000', '--out', source])
  const truth = JSON.parse(await readFile(`${source}.truth.json`, 'utf8')) as Truth

  await cliJson(profile, 'import', source)
  // The command line answers a few; the same index answers the rest through a window's port.
  const first = truth.queries[0]
  const answer = await cliJson<{ total: number; hits: Hit[] }>(profile, 'search', first?.q ?? '', '--limit', '5')
  expect(answer.total).toBe(first?.hits)

  const { window } = await launchApp()
  const rows = await callPort<Hit[]>(window, 'index', 'list', {})
  const idOf = new Map(rows.map(({ id, title }) => [title, id]))
  expect(idOf.size).toBe(1000)

  const wrongTotals: string[] = []
  for (const { q, hits, sample } of truth.queries) {
    const found = await callPort<{ total: number; hits: Hit[] }>(window, 'index', 'search', { query: q, limit: 1000 })
    const titles = new Set(found.hits.map((hit) => hit.title))
    const missing = sample.filter((n) => !titles.has(truth.titles[n] ?? ''))
    if (found.total !== hits || found.hits.length !== hits || missing.length > 0)
      wrongTotals.push(`${q}: ${found.total} for ${hits}`)
  }
  expect(wrongTotals).toEqual([])

  const wrongBacklinks: string[] = []
  for (const [n, sources] of truth.backlinks.entries()) {
    const title = truth.titles[n] ?? ''
    const found = await callPort<{ total: number; items: Hit[] }>(window, 'index', 'backlinks', { id: idOf.get(title) })
    const expected = sources.map((source) => truth.titles[source]).sort()
    const got = found.items.map((item) => item.title).sort()
    if (found.total !== expected.length || JSON.stringify(got) !== JSON.stringify(expected)) wrongBacklinks.push(title)
  }
  expect(wrongBacklinks).toEqual([])
})
