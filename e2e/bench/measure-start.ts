import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { LONG_WORDS } from './corpus.ts'
import type { Ground } from './ground.ts'
import { must } from './must.ts'
import { startPlainly } from './plain-start.ts'
import { percentile, type Row, rounded, sampled, single } from './rows.ts'
import { openLongNote } from './window.ts'

const STARTS = 5

/** Leaves the profile with one tab, and the caret in a note of 2,000 words. */
async function leaveInNote(ground: Ground): Promise<void> {
  const { long } = await ground.corpus()
  const note = long.findLast(({ words }) => words === LONG_WORDS)
  must(note !== undefined, 'the corpus has no long note')
  await ground.withApp(async ({ window }) => {
    const text = await openLongNote(window, note)
    await text.focus()
  })
}

/** Processes that are started one after the other, each to the caret in the note that the last one was left in. */
export async function measureColdStart(ground: Ground): Promise<Row[]> {
  await leaveInNote(ground)
  const samples: number[] = []
  for (let n = 0; n < STARTS; n++) {
    const start = await startPlainly(await ground.profile(), ground.flags)
    samples.push(start.caretMs)
    await start.stop()
  }
  return [sampled('cold-start', ground.notes, samples, 'p50', `${STARTS} starts, the files in the system's cache`)]
}

/** Resident memory of all processes with one note open, once it has stopped changing. */
export async function measureMemory(ground: Ground): Promise<Row[]> {
  must(process.platform === 'linux', 'memory is read from /proc, on Linux only')
  await leaveInNote(ground)
  const start = await startPlainly(await ground.profile(), ground.flags)
  try {
    const { resident, shared, processes } = await settledMemory(start.pid)
    const beside = `${processes} processes; ${rounded(shared / 1e6)} MB when pages that they share count once`
    return [single('memory', ground.notes, 'MB', resident / 1e6, beside)]
  } finally {
    await start.stop()
  }
}

type Memory = { readonly resident: number; readonly shared: number; readonly processes: number }

const SAMPLE_MS = 250
const SAMPLES = 20
const STEADY = 0.01
const PATIENCE_MS = 120_000

/** Samples until the last five seconds of them lie within one per cent; their median. */
async function settledMemory(pid: number): Promise<Memory> {
  const since = performance.now()
  let samples: Memory[] = []
  while (performance.now() - since < PATIENCE_MS) {
    samples = [...samples, memoryOf(familyOf(pid))].slice(-SAMPLES)
    const sizes = samples.map(({ resident }) => resident)
    const median = percentile(sizes, 0.5)
    const isSteady = samples.length === SAMPLES && Math.max(...sizes) - Math.min(...sizes) < STEADY * median
    const settled = samples.find(({ resident }) => resident === median)
    if (isSteady && settled) return settled
    await sleep(SAMPLE_MS)
  }
  throw new Error('the memory does not stop changing')
}

/** A process and all that descend from it. */
function familyOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // `pid (name) state ppid …`; the name may hold spaces and brackets
    const [, parent] = read(`/proc/${name}/stat`).split(') ').at(-1)?.split(' ') ?? []
    parents.set(Number(name), Number(parent))
  }
  const family = [pid]
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child)
  return family
}

function memoryOf(pids: readonly number[]): Memory {
  const lines = pids.map((pid) => read(`/proc/${pid}/smaps_rollup`))
  const sum = (name: string) =>
    lines.reduce(
      (total, text) => total + Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024,
      0,
    )
  return { resident: sum('Rss'), shared: sum('Pss'), processes: lines.filter(Boolean).length }
}

/** '' where the process has ended meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
