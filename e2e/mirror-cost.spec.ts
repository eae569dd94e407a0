import { execFile } from 'node:child_process'
import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { writeCorpus } from './bench/corpus.ts'
import { cliJson } from './support/cli.ts'
import { answerFolderDialog } from './support/dialogs.ts'
import { expect, test } from './support/fixtures.ts'
import { hostPid } from './support/host.ts'
import { callPort } from './support/ports.ts'

// What a folder in step costs, as src/main/mirror/README.md tells: MIRROR_COST=10000 playwright test mirror-cost

const NOTES = Number(process.env.MIRROR_COST)
const STORM = NOTES / 2
const ONLY_STORM = process.env.MIRROR_ONLY === 'storm'
/** Rounds, echoes of the watcher and what follows from both. */
const WINDOW_MS = 12_000
const git = promisify(execFile)

type Cpu = { readonly main: number; readonly host: number }

/** CPU time so far, ms. */
async function cpuOf(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

const passed = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

test('a folder in step: one word at many notes, and a storm', async ({ profile, folder, launchApp }) => {
  test.setTimeout(3_000_000)
  const source = path.join(folder, 'notes')
  await mkdir(source)
  await writeCorpus(source, NOTES)
  await cliJson(profile, 'import', source)
  const { electron, window: page, errors } = await launchApp()
  const main = electron.process().pid ?? 0
  // A host that a busy machine had started again has begun anew with its time.
  const cpu = async (): Promise<Cpu> => ({ main: await cpuOf(main), host: await cpuOf(await hostPid(electron)) })
  const spent = async (work: () => Promise<unknown>): Promise<Cpu> => {
    const before = await cpu()
    await work()
    await passed(WINDOW_MS)
    const after = await cpu()
    return { main: after.main - before.main, host: after.host - before.host }
  }
  /** Until both have had nothing to do for a while. */
  const quiet = async () => {
    for (let calm = 0; calm < 3; ) {
      const before = await cpu()
      await passed(2_000)
      const after = await cpu()
      calm = after.main - before.main + after.host - before.host < 120 ? calm + 1 : 0
    }
  }
  const phase = async () => (await callPort<{ phase: string } | null>(page, 'app', 'mirror', {}))?.phase

  await answerFolderDialog(electron, source)
  await callPort(page, 'app', 'chooseFolder', { purpose: 'export' })
  await callPort(page, 'app', 'startMirror', { folder: source })
  await expect.poll(phase, { timeout: 600_000 }).toBe('in-step')
  await quiet()

  const rows = await callPort<{ id: string; path: string }[]>(page, 'vault', 'notes', {})
  const tell = (what: string, { main, host }: Cpu) => console.log(`${what}: main ${main} ms, host ${host} ms`)
  tell('nothing at all', await spent(async () => {}))
  for (const n of ONLY_STORM ? [] : [10, 20, 30]) {
    const row = rows[n] as (typeof rows)[number]
    tell('a word here', await spent(() => callPort(page, 'vault', 'appendMarkdown', { id: row.id, markdown: 'Word.' })))
    await expect.poll(() => readFile(path.join(source, row.path), 'utf8')).toContain('Word.')
    await quiet()
  }
  for (const n of ONLY_STORM ? [] : [11, 21, 31]) {
    const row = rows[n] as (typeof rows)[number]
    tell('a word outside', await spent(() => appendFile(path.join(source, row.path), '\nOutside.\n')))
    const shown = () => callPort<{ markdown: string }>(page, 'vault', 'showMarkdown', { id: row.id })
    await expect.poll(async () => (await shown()).markdown).toContain('Outside.')
    await quiet()
  }

  const at = (...args: string[]) =>
    git('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'gc.auto=0', ...args], { cwd: source })
  await at('init', '-q', '-b', 'one')
  await at('add', '-A')
  await at('commit', '-q', '-m', 'one')
  await quiet()
  // The other branch is made in a work tree of its own, so that only the checkout moves this folder.
  const beside = path.join(folder, 'beside')
  await at('worktree', 'add', '-q', '-b', 'two', beside)
  const files = (await readdir(beside, { recursive: true })).filter((name) => name.endsWith('.md')).slice(0, STORM)
  for (const file of files) await appendFile(path.join(beside, file), '\nOf the other branch.\n')
  await writeFile(path.join(beside, 'Only there.md'), 'New.\n')
  await git('git', ['add', '-A'], { cwd: beside })
  await git('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '-q', '-m', 'two'], {
    cwd: beside,
  })
  await at('checkout', '-q', '--detach')
  await rm(beside, { recursive: true })
  await at('worktree', 'prune')
  await quiet()

  const before = await cpu()
  const started = performance.now()
  await at('checkout', '-q', 'two')
  // By the list of what happened: it lives through an end of the host, which a port to the vault does not.
  type Happened = { kind: string; counts?: { edits?: number } }
  const edits = async () => {
    const state = await callPort<{ happened: Happened[] } | null>(page, 'app', 'mirror', {})
    return (state?.happened ?? []).reduce(
      (sum, { kind, counts }) => sum + (kind === 'changes' ? (counts?.edits ?? 0) : 0),
      0,
    )
  }
  await expect.poll(edits, { timeout: 1_200_000, intervals: [1000] }).toBeGreaterThanOrEqual(files.length)
  const ms = performance.now() - started
  for (const error of errors) console.log(error)
  await quiet()
  const after = await cpu()
  tell(`a checkout of ${files.length} files, ${Math.round(ms / 1000)} s`, {
    main: after.main - before.main,
    host: after.host - before.host,
  })
  const changes = await callPort<{ title: string; changed: number; created: number }[]>(page, 'vault', 'bigChanges', {})
  for (const { title, changed, created } of changes.slice(0, 6)) console.log(`${title}: ${changed} and ${created}`)
  console.log(`big changes: ${changes.length}`)
})
