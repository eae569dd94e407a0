import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cli, cliJson } from './support/cli.ts'
import { expect, test } from './support/fixtures.ts'

// CLI.md: the ledger, what rests on a note, the live lists and the log, in as few processes as can be.

const day = (ago: number) => {
  const date = new Date(Date.now() - ago * 86_400_000)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}
const NOTES: Readonly<Record<string, string>> = {
  'Essays/Blast radius.md': 'Every change has a reach.\n',
  'Examples/The outage.md': 'illustrates:: [[Blast radius]]\n',
  'Examples/Nobody’s.md': 'A thing that happened.\n',
  'Commitments/Pair.md': `---\nkind: commitment\nreview_every: 2w\ndue: 2099-12-31\nrests_on: "[[Blast radius]]"\n---\n\nWe try it.\n\n## Log\n\n- ${day(20)}, opened, Ana: Six weeks.\n`,
}

test('commitments, blast-radius, evidence and log', async ({ profile, folder }) => {
  test.setTimeout(120_000)
  const source = path.join(folder, 'source')
  for (const [name, text] of Object.entries(NOTES)) {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true })
    await writeFile(path.join(source, name), text)
  }
  await cliJson(profile, 'import', source, '--kind-from', 'folder')
  const [row, ...none] = await cliJson<object[]>(profile, 'commitments', '--due')
  const pair = { title: 'Pair', status: 'in progress', due: '2099-12-31', review: day(6), log: 1 }
  expect([row, none]).toEqual([{ id: expect.any(String), ...pair }, []])
  expect(await cliJson(profile, 'blast-radius', 'The outage')).toEqual({
    items: [
      { id: expect.any(String), title: 'Blast radius', kind: 'essay', depth: 1 },
      { id: expect.any(String), title: 'Pair', kind: 'commitment', depth: 2 },
    ],
  })
  const [unused] = await cliJson<{ total: number; items: { title: string }[] }[]>(
    ...([profile, 'evidence', '--list', 'unused-examples'] as const),
  )
  expect([unused?.total, unused?.items[0]?.title]).toEqual([1, 'Nobody’s'])
  const said = ['log', 'Pair', '--type', 'review', '--text', 'Seven hours.', '--author', 'Ana', '--cites', 'The outage']
  expect(await cliJson(profile, ...said, '--towards', 'proceed')).toEqual({ log: 2, status: 'in progress' })
  expect(await cliJson(profile, 'commitments', '--due')).toEqual([])
  expect((await cli(profile, 'evidence', '--list', 'x')).code).toBe(2)
})
