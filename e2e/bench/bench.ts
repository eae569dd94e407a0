import { writeFile } from 'node:fs/promises'
import os from 'node:os'
import { test } from '@playwright/test'
import { Ground } from './ground.ts'
import { measureExport } from './measure-export.ts'
import { measureBacklinks, measureSearch } from './measure-find.ts'
import { measureHour } from './measure-hour.ts'
import { measureDisk, measureImport } from './measure-import.ts'
import { measureHuge, measureOpen } from './measure-open.ts'
import { measureColdStart, measureMemory } from './measure-start.ts'
import { measureType } from './measure-type.ts'
import { ROWS } from './names.mjs'
import { plain, type Row, table } from './rows.ts'

type Name = (typeof ROWS)[number]
type Options = {
  readonly notes: number
  readonly only: Name | null
  readonly json: string | null
  readonly flags: readonly string[]
}

const MEASURES: Readonly<Record<Name, (ground: Ground) => Promise<Row[]>>> = {
  import: measureImport,
  disk: measureDisk,
  'cold-start': measureColdStart,
  memory: measureMemory,
  'open-note': measureOpen,
  search: measureSearch,
  backlinks: measureBacklinks,
  type: measureType,
  'open-huge': measureHuge,
  'type-heap': measureHour,
  export: measureExport,
}

const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0]

test('bench', async () => {
  const given = process.env.THROUGHLINE_BENCH
  if (!given) throw new Error('no THROUGHLINE_BENCH: run the bench through npm run bench')
  const { notes, only, json, flags } = JSON.parse(given) as Options
  const ground = await Ground.open(notes, flags)
  const cpus = os.cpus()
  const load = () => os.loadavg()[0]?.toFixed(1)
  const machine = `${cpus.length} x ${cpus[0]?.model.trim()}, ${os.platform()} ${os.release()}; load before ${load()}`
  const rows: Row[] = []
  const failed: string[] = []
  try {
    for (const name of only === null ? ROWS : [only]) {
      process.stderr.write(`${name} …\n`)
      // One row that cannot be measured takes nothing from the others.
      await MEASURES[name](ground).then(
        (measured) => rows.push(...measured),
        (error: unknown) => failed.push(`${name}: ${firstLine(error)}`),
      )
    }
  } finally {
    await ground.remove()
  }
  console.log(`${machine}; load at the end ${load()}\n\n${table(rows)}`)
  if (json !== null) await writeFile(json, `${JSON.stringify(rows.map(plain), null, 1)}\n`)
  for (const line of failed) process.stderr.write(`not measured: ${line}\n`)
  if (failed.length > 0) throw new Error(`${failed.length} rows could not be measured`)
})
