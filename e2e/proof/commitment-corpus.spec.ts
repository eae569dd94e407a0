import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { CommitmentPage } from '../pages/commitment.ts'
import { NotePage } from '../pages/note.ts'
import { Shell } from '../pages/shell.ts'
import { cliJson } from '../support/cli.ts'
import { expect, test } from '../support/fixtures.ts'
import { callPort, timedCalls } from '../support/ports.ts'
import { hasCorpus, unpackCorpus } from '../support/shared.ts'

// A commitment in a vault that somebody has written for years: 7,772 notes and 52,000 links around it.

/** As BUDGETS.md has it of lists at 10,000 notes, with room for a busy machine. */
const QUICK_MS = 1000

type Listed = { id: string; title: string; path: string }

test('a commitment in a real vault rests on two of its notes, and hears of just their changes', async ({
  profile,
  folder,
  launchApp,
}) => {
  test.skip(!hasCorpus('garden'), 'the real vaults are not beside this checkout')
  test.setTimeout(300_000)
  const source = path.join(folder, 'garden')
  await mkdir(source)
  unpackCorpus('garden', source)
  await cliJson(profile, 'import', source)
  const { window, errors } = await launchApp()
  const shell = new Shell(window)
  const note = new NotePage(window)
  const it = new CommitmentPage(window)
  await shell.ready()
  await callPort(window, 'app', 'setSettings', { personName: 'Ana' })
  const indexed = () => callPort<{ notes: number }>(window, 'index', 'status', {}).then(({ notes }) => notes)
  await expect.poll(indexed, { timeout: 120_000 }).toBe(7_772)

  // the two that most is linked to, of those with a title of their own
  const { nodes, edges } = await callPort<{
    nodes: { id: string | null; title: string }[]
    edges: [number, number, number][]
  }>(window, 'index', 'graph', {})
  const counts = new Map<number, number>()
  for (const [, to] of edges) counts.set(to, (counts.get(to) ?? 0) + 1)
  const titles = new Map<string, number>()
  for (const { title } of nodes) titles.set(title.toLowerCase(), (titles.get(title.toLowerCase()) ?? 0) + 1)
  const [one, other] = [...counts]
    .sort(([, a], [, b]) => b - a)
    .flatMap(([at]) => nodes[at] ?? [])
    .filter(({ id, title }) => id !== null && /^[a-z ]{6,}$/.test(title) && titles.get(title) === 1)
    .map(({ title }) => title)
  if (!one || !other) throw new Error('the vault has no two such notes')

  await test.step('it is made, rests on both, and is opened', async () => {
    await shell.command('New commitment')
    await note.write('Tend one old note a week', 'One a week, until spring.')
    for (const title of [one, other]) {
      await it.button(/^(What else does it rest on|Which example is this from)\?/).press('Enter')
      const field = window.getByRole('combobox', { name: 'Search for what it rests on' })
      await field.pressSequentially(title)
      await window
        .getByRole('option', { name: new RegExp(`${title}`) })
        .first()
        .waitFor()
      await field.press('Enter')
      await expect(it.ground(title)).toContainText('a note')
    }
    await it.button('Open it').press('Enter')
    await it.reads('In progress')
    await expect(shell.selectedTab).toHaveAccessibleName('Tend one old note a week, commitment, in progress')
    await expect(shell.navigator.getByRole('region', { name: 'In progress' })).toContainText('1 of 3')
    await expect(it.ground(one)).toContainText('pinned as it reads today')
  })

  const pinned = async () => {
    const id = (await callPort<{ id: string }>(window, 'vault', 'find', { name: 'Tend one old note a week' })).id
    const pins = await callPort<{ state: { is: string } }[]>(window, 'index', 'pinsOf', { id })
    return pins.map(({ state }) => state.is).sort()
  }
  await test.step('an edit of one of them is flagged, edits of others are not', async () => {
    expect(await pinned()).toEqual(['same', 'same'])
    const list = await callPort<Listed[]>(window, 'vault', 'notes', {})
    const elsewhere = list.filter(({ title }) => title !== one && title !== other).slice(0, 20)
    for (const { id } of elsewhere)
      await callPort(window, 'vault', 'appendMarkdown', { id, markdown: 'A word more.\n' })
    const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: one })
    await callPort(window, 'vault', 'appendMarkdown', { id, markdown: 'It was otherwise.\n' })
    await expect(it.ground(one)).toContainText('ground changed')
    await expect(it.ground(other)).not.toContainText('ground changed')
    expect(await pinned()).toEqual(['changed', 'same'])
    await shell.command('Evidence')
    await expect(shell.main.getByRole('region', { name: /^Ground changed/ })).toContainText('Tend one old note a week')
    await shell.open('Tend one old note a week')
    await it
      .ground(one)
      .getByRole('button', { name: `${one} still holds` })
      .press('Enter')
    await expect(it.ground(one)).not.toContainText('ground changed')
    await shell.open(one)
    await expect(shell.group('What rests on this')).toContainText('Tend one old note a week')
  })

  await test.step('what its lists ask of the index is quick', async () => {
    const { id } = await callPort<{ id: string }>(window, 'vault', 'find', { name: one })
    const took: Record<string, number> = {}
    for (const [call, input] of [
      ['ledger', {}],
      ['evidence', { limit: 3 }],
      ['blastRadius', { id, limit: 50 }],
      ['backlinks', { id }],
    ] as const) {
      const times = await timedCalls(window, 'index', call, [input, input, input])
      took[call] = Math.min(...times.map(({ ms }) => Math.round(ms)))
    }
    test.info().annotations.push({ type: 'ms', description: JSON.stringify(took) })
    for (const [call, ms] of Object.entries(took)) expect(ms, call).toBeLessThan(QUICK_MS)
  })
  expect(errors).toEqual([])
})
