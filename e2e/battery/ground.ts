import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { cli, cliJson } from '../support/cli.ts'
import type { Random } from './random.ts'

/** What a vault must hold, path by path, as Markdown: made here and compared with what an export writes. */
export type Model = ReadonlyMap<string, string>

const WORDS = 'harbour lantern quarry meadow copper thistle anchor velvet furnace orchard gravel saddle'.split(' ')
/** In every note, so a search for it counts them all. */
export const EVERYWHERE = 'everywhere'

/** @param most paragraphs of a note */
export function makeModel(notes: number, random: Random, most = 6): Model {
  const model = new Map<string, string>()
  for (let n = 0; n < notes; n++) {
    const sentence = () => `${Array.from({ length: 8 + random.below(20) }, () => random.of(WORDS)).join(' ')}.`
    const paragraphs = Array.from({ length: 1 + random.below(most) }, sentence)
    const link = `See [[Note ${random.below(notes)}]], ${EVERYWHERE}.`
    model.set(`Part ${n % 7}/Note ${n}.md`, `# Part\n\n${[...paragraphs, link].join('\n\n')}\n`)
  }
  return model
}

export async function writeModel(folder: string, model: Model): Promise<void> {
  for (const [name, text] of model) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
    await writeFile(path.join(folder, name), text)
  }
}

/** Every file below a folder but what an export writes for itself. */
export async function readTree(folder: string): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file).split(path.sep).join('/')
    if (entry.isFile() && !name.startsWith('.throughline/')) files.set(name, await readFile(file, 'utf8'))
  }
  return files
}

/** What differs between a model and what was found, a few words each; nothing where they are equal. */
export function difference(model: Model, found: Model): string[] {
  const wrong: string[] = []
  for (const [name, text] of model) {
    const other = found.get(name)
    if (other === undefined) wrong.push(`${name} is missing`)
    else if (other !== text) wrong.push(`${name} differs: ${other.length} characters for ${text.length}`)
  }
  for (const name of found.keys()) if (!model.has(name)) wrong.push(`${name} is new`)
  return wrong
}

/** Exports a vault into a folder of its own and compares; says where that fails. */
export async function compareWithExport(profile: string, model: Model, ...options: string[]): Promise<string[]> {
  return withFolder(async (folder) => {
    const target = path.join(folder, 'out')
    const run = await cli(profile, 'export', target, ...options)
    if (run.code !== 0) return [`export ended with ${run.code}: ${run.stderr.slice(-300)}`]
    return difference(model, await readTree(target))
  })
}

/** Searches for a word of every note. */
export async function countEverywhere(profile: string): Promise<number> {
  return (await cliJson<{ total: number }>(profile, 'search', EVERYWHERE, '--limit', '1')).total
}

export async function withFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'throughline-battery-'))
  try {
    return await run(folder)
  } finally {
    await remove(folder)
  }
}

export const remove = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })

/** A profile as it was, in a place of its own: sockets are not copied, they are nobody's any more. */
export async function copyProfile(from: string, to: string): Promise<void> {
  await remove(to)
  const isFile = (name: string) => !/\.sock$|^Singleton/.test(path.basename(name))
  await cp(from, to, { recursive: true, filter: isFile, preserveTimestamps: true })
}

/** Of the only vault of a profile. */
export async function vaultFolder(profile: string): Promise<string> {
  const [id] = (await readdir(path.join(profile, 'vaults'))).filter((name) => !name.startsWith('.'))
  if (id === undefined) throw new Error('the profile has no vault')
  return path.join(profile, 'vaults', id)
}

/** Where Chromium keeps the notes of the only vault. */
export async function storeFolder(profile: string): Promise<string> {
  const [partition] = (await readdir(path.join(profile, 'Partitions'))).filter((name) => name.startsWith('vault-'))
  if (partition === undefined) throw new Error('the profile has no store')
  return path.join(profile, 'Partitions', partition)
}

/** The first wall gone: what is found afterwards comes from the journal. */
export async function deleteStore(profile: string): Promise<void> {
  await remove(path.join(await storeFolder(profile), 'IndexedDB'))
}
