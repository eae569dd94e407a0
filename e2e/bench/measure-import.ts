import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { cliJson } from '../support/cli.ts'
import type { Corpus } from './corpus.ts'
import type { Ground, Imported } from './ground.ts'
import { must } from './must.ts'
import { type Row, rounded, single } from './rows.ts'

const SMALL = 1_000

/** A folder of Markdown into a new profile, from the command line; `ms` is the app's, to complete and searchable. */
export async function measureImport(ground: Ground): Promise<Row[]> {
  const { notes } = ground
  const profile = await ground.emptyFolder('profile')
  const all = await importInto(profile, await ground.corpus())
  ground.takeProfile(profile)
  if (notes <= SMALL) return [row(notes, all)]
  const few = await importInto(await ground.emptyFolder('profile-small'), await ground.corpus(SMALL))
  const growth = `${rounded(all.ms / few.ms)} times that of ${SMALL}, linear is ${notes / SMALL}`
  return [row(SMALL, few), row(notes, all, growth)]
}

type Measured = { readonly ms: number; readonly wall: number; readonly mb: number }

const row = (notes: number, { ms, wall, mb }: Measured, growth = '') =>
  single(
    'import',
    notes,
    's',
    ms / 1000,
    [`${rounded(mb)} MB`, `${rounded(wall / 1000)} s with the start and end of the process`, growth]
      .filter(Boolean)
      .join('; '),
  )

async function importInto(profile: string, corpus: Corpus): Promise<Measured> {
  const started = performance.now()
  const imported = await cliJson<Imported>(profile, 'import', corpus.folder)
  const wall = performance.now() - started
  must(imported.notes === corpus.notes, `${imported.notes} of ${corpus.notes} notes were imported`)
  must(imported.skipped.length === 0, `${imported.skipped.length} files were skipped`)
  must(imported.links === corpus.links, `${imported.links} of ${corpus.links} links were read`)
  must(imported.unresolved === 0, `${imported.unresolved} links lead nowhere`)
  const last = corpus.titles.at(-1) ?? ''
  const found = await cliJson<{ hits: { title: string }[] }>(profile, 'search', last)
  must(found.hits[0]?.title === last, 'the last note is not searchable')
  return { ms: imported.ms, wall, mb: corpus.bytes / 1e6 }
}

/** What the vault keeps, in all files, per byte of the Markdown that was imported. */
export async function measureDisk(ground: Ground): Promise<Row[]> {
  const profile = await ground.profile()
  const [docs, files] = await Promise.all(['Partitions', 'vaults'].map((name) => sizeOf(path.join(profile, name))))
  const { bytes } = await ground.corpus()
  const stored = (docs ?? 0) + (files ?? 0)
  must(stored > bytes, 'less is stored than was imported')
  return [
    single('disk', ground.notes, 'ratio', stored / bytes, `${rounded(stored / 1e6)} MB for ${rounded(bytes / 1e6)} MB`),
  ]
}

async function sizeOf(folder: string): Promise<number> {
  let size = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) size += (await stat(path.join(entry.parentPath, entry.name))).size
  }
  return size
}
