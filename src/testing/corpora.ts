import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Real vaults beside the repository; tests skip those that are not there. */
const SHARED = process.env.THROUGHLINE_SHARED ?? path.join(import.meta.dirname, '../../../shared')

export const CORPORA = [
  ['garden', 7_772],
  ['jz', 749],
  ['kepano', 103],
] as const

/** Slow looks are had at every n-th note; `CORPUS_EVERY=1` looks at all. */
export const CORPUS_EVERY = Number(process.env.CORPUS_EVERY ?? 10)

const archiveOf = (name: string): string => path.join(SHARED, 'corpora', `${name}.tar.gz`)
export const hasCorpus = (name: string): boolean => existsSync(archiveOf(name))

/** The notes of a corpus in the order of their paths, unpacked into a temporary folder that is gone afterwards. */
export function readCorpus(name: string): { file: string; bytes: Uint8Array }[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'corpus-'))
  try {
    execFileSync('tar', ['xzf', archiveOf(name), '-C', folder])
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .sort()
      .map((file) => ({ file, bytes: new Uint8Array(readFileSync(path.join(folder, file))) }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
