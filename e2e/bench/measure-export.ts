import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cliJson } from '../support/cli.ts'
import { callPort, timedCalls } from '../support/ports.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { type Row, rounded, single } from './rows.ts'

type Exported = { readonly notes: number; readonly bytes: number; readonly ms: number }

const EDITED = 0.1
const WORD = 'afterword'

/**
 * The vault to an empty folder, every note read back and compared unless this state of it was before: an export
 * has been made, and one word has been written into every tenth note since.
 */
export async function measureExport(ground: Ground): Promise<Row[]> {
  const profile = await ground.profile()
  const [before, folder] = [await ground.emptyFolder('export-before'), await ground.emptyFolder('export')]
  return ground.withApp(async ({ window }) => {
    // The command line talks to the app that has the profile open: no process start is in these times.
    const first = await cliJson<Exported>(profile, 'export', before)
    const notes = await callPort<{ id: string }[]>(window, 'vault', 'notes', {})
    const edited = notes.filter((_, n) => n % (1 / EDITED) === 0)
    const inputs = edited.map(({ id }) => ({ id, markdown: WORD }))
    await timedCalls(window, 'vault', 'appendMarkdown', inputs, 8)
    await callPort(window, 'vault', 'flush', {})

    const exported = await cliJson<Exported>(profile, 'export', folder)
    const again = await cliJson<Exported>(profile, 'export', before)
    must(exported.notes === ground.notes, `${exported.notes} of ${ground.notes} notes were exported`)
    const files = await filesOf(folder)
    const withWord = [...files.values()].filter((bytes) => bytes.toString().trimEnd().endsWith(WORD)).length
    must(files.size === ground.notes, `${files.size} of ${ground.notes} files were written`)
    must(withWord === edited.length, `${withWord} of ${edited.length} edits are in the files`)

    const floor = await writeAll(await ground.emptyFolder('export-floor'), files)
    const seconds = (ms: number) => `${rounded(ms / 1000)} s`
    const beside = [
      `${rounded(exported.ms / floor)} times the ${seconds(floor)} that writing the files takes`,
      `the first export, nothing verified yet, ${seconds(first.ms)}`,
      `over that one again ${seconds(again.ms)}`,
    ]
    return [single('export', ground.notes, 's', exported.ms / 1000, beside.join('; '))]
  })
}

/** The notes under an export, by their path in it. */
async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && entry.name.endsWith('.md')) files.set(path.relative(folder, file), await readFile(file))
  }
  return files
}

const IN_FLIGHT = 16

/** ms to do nothing but write the same files. */
async function writeAll(folder: string, files: ReadonlyMap<string, Buffer>): Promise<number> {
  const started = performance.now()
  const folders = new Set([...files.keys()].map((file) => path.dirname(path.join(folder, file))))
  for (const each of folders) await mkdir(each, { recursive: true })
  const left = files.entries()
  const work = async () => {
    for (const [file, bytes] of left) await writeFile(path.join(folder, file), bytes)
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, work))
  return performance.now() - started
}
