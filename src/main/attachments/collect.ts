import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { VaultId } from '../../core/base/ids.ts'
import type { VaultCalls } from '../files/vault-calls.ts'
import { writeAtomic } from '../store/atomic.ts'
import type { AttachmentStore } from './attachment-store.ts'

/** For so long nothing names a file before it goes, ms. */
export const UNUSED_FOR = 30 * 86_400_000
/** The most that counts from one sighting to the next: so much and no more does a clock that jumps ahead add. */
export const MOST_AT_ONCE = UNUSED_FOR / 2

const fileShape = z.object({
  /** Of the last sighting, ms since 1970. */
  at: z.number(),
  /** By hash: for how long nothing was seen to name it, and in which run of the program that was seen first. */
  unused: z.record(z.string(), z.object({ age: z.number(), run: z.string() })),
  /** Hashes that a note, a version or an archive named at some sighting. */
  named: z.array(z.string()),
})
type State = z.infer<typeof fileShape>

export type CollectOptions = {
  readonly vaultId: VaultId
  /** Of the vault's own files. */
  readonly folder: string
  readonly vault: VaultCalls
  readonly store: Pick<AttachmentStore, 'list' | 'remove'>
  /** Hashes that versions and archives name. What throws here keeps every file. */
  readonly namedElsewhere: () => Promise<Iterable<string>>
  /** ms since 1970. */
  readonly now: number
  /** Another one in each run of the program. */
  readonly run: string
}

/**
 * One sighting of a vault's files; those that nothing named for 30 days go (README.md, A1 to A7). Answers the hashes
 * of those that went.
 */
export async function collectAttachments(options: CollectOptions): Promise<string[]> {
  const { vaultId, folder, vault, store, namedElsewhere, now, run } = options
  const file = path.join(folder, 'unused.json')
  const before = await readState(file)
  const { paths, certain } = await vault.call('attachmentsInUse', {})
  if (!certain) return []
  const elsewhere = new Set(await namedElsewhere())
  const catalog = await vault.call('attachments', {})
  const inUse = new Set(paths)
  const listed = new Set(catalog.map(({ sha256 }) => sha256))
  const named = new Set(elsewhere)
  for (const each of catalog) if (inUse.has(each.path)) named.add(each.sha256)

  const everNamed = new Set([...before.named, ...named])
  // A clock that was set back has seen nothing yet.
  const known = now < before.at ? {} : before.unused
  const passed = Math.min(now - before.at, MOST_AT_ONCE)
  const unused: State['unused'] = {}
  for (const sha256 of new Set([...(await store.list(vaultId)), ...listed])) {
    const isOwn = listed.has(sha256) && !everNamed.has(sha256)
    if (named.has(sha256) || isOwn) continue
    const seen = known[sha256]
    unused[sha256] = seen ? { ...seen, age: seen.age + passed } : { age: 0, run }
  }
  const isThere = (sha256: string) => sha256 in unused || listed.has(sha256)
  const state = { at: now, unused, named: [...everNamed].filter(isThere).sort() }
  await writeAtomic(file, `${JSON.stringify(state)}\n`)

  const due = new Set(
    Object.entries(unused)
      .filter(([, seen]) => seen.age >= UNUSED_FOR && seen.run !== run)
      .map(([sha256]) => sha256),
  )
  return remove(options, due)
}

async function remove({ vaultId, vault, store, namedElsewhere }: CollectOptions, due: ReadonlySet<string>) {
  if (due.size === 0) return []
  const all = await vault.call('attachments', {})
  // The vault looks once more whether a note names them.
  await vault.call('removeAttachments', { attachments: all.filter(({ sha256 }) => due.has(sha256)) })
  const left = new Set((await vault.call('attachments', {})).map(({ sha256 }) => sha256))
  for (const sha256 of await namedElsewhere()) left.add(sha256)
  const gone: string[] = []
  for (const sha256 of due) if (!left.has(sha256) && (await store.remove(vaultId, sha256))) gone.push(sha256)
  return gone
}

/** Without a file, or with one that cannot be read, nothing was seen yet. */
async function readState(file: string): Promise<State> {
  try {
    return fileShape.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return { at: 0, unused: {}, named: [] }
  }
}
