import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from '../support/app.ts'
import { isFull, seed } from './amounts.ts'

/** Read by build/battery.mjs, which writes the table of e2e/battery/README.md from it. */
const FILE = path.join(root, 'test-results/battery.json')

export type Result = {
  readonly row: string
  readonly rounds: number
  /** Rounds after which something acknowledged was not there any more. */
  readonly lost: number
  /** Rounds after which the vault did not open. */
  readonly notOpened: number
  /** Rounds in which the person was told; null where there was nothing to tell. */
  readonly told: number | null
  /** ms until the vault was there again, one a round. */
  readonly times?: readonly number[]
  /** What a reader should know of how it was done. */
  readonly note?: string
}

export const percentile = (samples: readonly number[], share: number): number => {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

/** Prints the row's line and keeps it for the table. */
export async function report(result: Result): Promise<void> {
  const { row, rounds, lost, notOpened, told, times = [], note } = result
  const [p50, max] = [percentile(times, 0.5), percentile(times, 1)]
  const parts = [
    `battery ${isFull ? 'full' : 'short'}, seed ${seed}: ${row}: ${rounds} rounds, ${lost} lost, ${notOpened} not opened`,
    ...(told === null ? [] : [`${told} told`]),
    ...(times.length === 0 ? [] : [`open again p50 ${p50.toFixed(0)} ms, max ${max.toFixed(0)} ms`]),
    ...(note === undefined ? [] : [note]),
  ]
  console.log(parts.join(', '))
  const before = JSON.parse(await readFile(FILE, 'utf8').catch(() => '[]')) as { row: string }[]
  const at = new Date().toISOString().slice(0, 10)
  const line = {
    row,
    rounds,
    lost,
    notOpened,
    told,
    p50: p50 || null,
    max: max || null,
    note: note ?? '',
    seed,
    at,
    isFull,
  }
  await mkdir(path.dirname(FILE), { recursive: true })
  await writeFile(FILE, `${JSON.stringify([...before.filter((other) => other.row !== row), line], null, 2)}\n`)
}
