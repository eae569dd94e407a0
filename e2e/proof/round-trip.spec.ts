import path from 'node:path'
import type { Page } from '@playwright/test'
import { Shell } from '../pages/shell.ts'
import { cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { readFiles, writeFiles } from '../support/folders.ts'
import { callPort } from '../support/ports.ts'

// M1, M2, M3: a vault as users of Dataview and Breadcrumbs write it comes in, is edited by every way there is, goes
// out, and comes in again as the same vault.

const FILES: Readonly<Record<string, string>> = {
  'Home.md': `---
aliases:
  - Start
cssclasses: [wide, "no-title"]
down:
  - "[[Rivers]]"
  - '[[Areas/Weather|the weather]]'
# what a tool left here
BC-folder-note: true
created: 2024-03-09T10:11
rating: 4.50
---

# Home #map

up:: [[Index]]

\`\`\`dataview
TABLE without id file.link AS "Note", rating, due
FROM #river AND -"Templates"
WHERE contains(up, [[Index]])
SORT rating DESC
\`\`\`

There are \`= length(this.file.inlinks)\` links here, and (next:: [[Rivers]]) is hidden.

> [!info]- Folded
> Of [[Rivers#Floods]]:
>
> > [!quote|right]
> > *Never twice.*
> - one
>   - two [due:: 2024-05-01]
^folded

\`\`\`dataviewjs
dv.list(dv.pages("#river").map(p => p.file.link))
\`\`\`
`,
  'Rivers.md': `---
up: "[[Home]]"
same: [ "[[Areas/Weather]]", "[[Not written]]" ]
tags: river, water/fresh
---
Width:: 40 m
**Depth**:: *3* m
mood:: 🌊

A flood ==rises== %%when?%% with $v^2_a$, [same:: [[Areas/Weather]]] and \`code [[Home]]\`.[^1]

| River | Reach |
| --- | ---: |
| [[Home\\|A]] | \`a\\|b\` |
| C  | [prev:: [[Home]]] |

## Floods

- [ ] measure it [due:: 2024-06-01] ^task-1
- [x] dig [completion:: 2024-05-02]
- [/] half

[^1]: Said by
    [[Start]].
`,
  'Areas/Weather.md': 'prev:: [[Rivers]]\r\n\r\nIt rains.  \r\nAnd rains.\r\n',
  'Areas/Crumbs.md': '- [[Home]]\n    - [[Rivers]]\n        - [[Areas/Weather]]\n\nBC-list-note-field:: down\n',
  'Templates/Day.md': '# <% tp.date.now() %>\n\nup:: [[Home]]\n',
}

type Row = { id: string; title: string; kind: string; path: string }

const sorted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).sort()

/** All that two vaults must agree about. */
async function contentOf(page: Page): Promise<unknown> {
  await callPort(page, 'vault', 'whenIndexed', {})
  const rows = await callPort<Row[]>(page, 'vault', 'notes', {})
  const notes = []
  for (const { id, title, kind, path: at } of rows) {
    const shown = await callPort(page, 'vault', 'showMarkdown', { id })
    const log = await callPort(page, 'vault', 'noteLog', { id })
    const outlinks = await callPort(page, 'index', 'outlinks', { id })
    const { items } = await callPort<{ items: unknown[] }>(page, 'index', 'backlinks', { id })
    notes.push({ id, title, kind, at, shown, log, outlinks, backlinks: items })
  }
  const { nodes } = await callPort<{ nodes: unknown[] }>(page, 'index', 'graph', {})
  return { notes: sorted(notes), nodes: sorted(nodes) }
}

test('a vault that was edited by every way there is comes back from its Markdown as the same vault', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.setTimeout(180_000)
  const source = path.join(folder, 'source')
  await writeFiles(source, FILES)
  await cliJson(profile, 'import', source, '--vault', 'First')

  const text = (name: string) => path.join(folder, 'texts', name)
  await writeFiles(path.join(folder, 'texts'), {
    'essay.md': 'Rests on a flood.\n\nrests_on:: [[Rivers]]\n\nHere [illustrates:: [[Areas/Weather]]] too. #essay\n',
    'commitment.md': '> [!todo] First\n> Measure [[Rivers#^task-1]].\n\n| when | who |\n| :-: | - |\n| now | me |\n',
    'more.md': '\nMore: ![[Home#^folded]]\n',
  })
  await cliJson(
    profile,
    'new',
    'What a flood says',
    '--vault',
    'First',
    '--kind',
    'essay',
    '--markdown',
    text('essay.md'),
  )
  const measure = ['Measure: the river?', '--vault', 'First']
  await cliJson(profile, 'new', ...measure, '--kind', 'commitment', '--markdown', text('commitment.md'))
  await cliJson(profile, 'append', 'Areas/Weather.md', '--vault', 'First', '--markdown', text('more.md'))
  await cliJson(profile, 'log', ...measure, '--type', 'opened', '--text', 'Because of [[Rivers]].')
  const logged = await cliJson(profile, 'log', ...measure, '--type', 'saw', '--text', 'It rose | by\n2 m.')
  expect(logged).toMatchObject({ log: 2 })

  const first = await launchApp()
  await new Shell(first.window).ready()
  const { id } = await callPort<{ id: string }>(first.window, 'vault', 'find', { name: 'Rivers' })
  await callPort(first.window, 'vault', 'renameNote', { id, title: 'Streams' })
  await callPort(first.window, 'vault', 'flush', {})
  const content = await contentOf(first.window)
  await first.electron.close()

  expect(await cliJson(profile, 'check', '--vault', 'First')).toEqual({ ok: true, notes: 7, problems: [] })
  const out = path.join(folder, 'out')
  await cliJson(profile, 'export', out, '--vault', 'First')
  const files = await readFiles(out)
  // Nothing but the links to what was renamed, and what was appended.
  const renamed = (name: string) => FILES[name]?.replaceAll(/\[\[Rivers(?=[\]#|])/g, '[[Streams')
  for (const name of ['Home.md', 'Areas/Crumbs.md', 'Templates/Day.md']) expect(files[name]).toBe(renamed(name))
  expect(files['Streams.md']).toBe(renamed('Rivers.md'))
  expect(files['Areas/Weather.md']).toBe(`${renamed('Areas/Weather.md')}\r\nMore: ![[Home#^folded]]\r\n`)

  await cliJson(profile, 'import', out, '--vault', 'Again')
  expect(await cliJson(profile, 'check', '--vault', 'Again')).toEqual({ ok: true, notes: 7, problems: [] })
  const secondOut = path.join(folder, 'again')
  await cliJson(profile, 'export', secondOut, '--vault', 'Again')
  expect(await readFiles(secondOut)).toEqual(files)
  const vaults = await cliJson<{ id: string; name: string }[]>(profile, 'vaults')
  const again = vaults.find(({ name }) => name === 'Again')?.id
  const { window } = await launchApp()
  const opened = callPort(window, 'app', 'openVault', { id: again }).catch(() => null) // its page is left meanwhile
  await window.waitForURL(({ searchParams }) => searchParams.get('vault') === again)
  await opened
  await new Shell(window).ready()
  expect(await contentOf(window)).toEqual(content)
})
