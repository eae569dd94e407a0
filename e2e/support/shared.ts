import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { root } from './app.ts'

/** Real vaults and the corpus generator, which lie beside a developer's checkout and are no part of the project. */
const shared = process.env.THROUGHLINE_SHARED ?? path.resolve(root, '../shared')

export const corpusArchive = (name: string): string => path.join(shared, 'corpora', `${name}.tar.gz`)
export const hasCorpus = (name: string): boolean => existsSync(corpusArchive(name))
export const generator = path.join(shared, 'tools/gen-corpus.mjs')
export const hasGenerator = (): boolean => existsSync(generator)

/** Unpacks a real vault into `folder`. */
export function unpackCorpus(name: string, folder: string): void {
  execFileSync('tar', ['-xzf', corpusArchive(name), '-C', folder])
}

/** sha256 of every file under `folder`, by path with `/`. Links are not followed, and listed as such. */
export async function hashes(folder: string): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    const name = path.relative(folder, file).split(path.sep).join('/')
    if (entry.isSymbolicLink()) found.set(name, 'link')
    else if (entry.isFile())
      found.set(
        name,
        createHash('sha256')
          .update(await readFile(file))
          .digest('hex'),
      )
  }
  return found
}
