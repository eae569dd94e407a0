import { linkKey } from './wikilink.ts'

/** How a note was found by a name, from the strongest to the weakest (SPEC, L1). */
export const MATCHES = ['path', 'title', 'alias', 'former'] as const
export type Match = (typeof MATCHES)[number]

/** A note that goes by the name. `path` is its place in the vault with `/` and its file ending. */
export type Candidate<Id extends string = string> = { readonly id: Id; readonly path: string; readonly match: Match }

export type Query<C extends Candidate> = {
  readonly name: string
  /** Folder of the note that holds the link, with `/`, '' at the top. */
  readonly fromFolder: string
  readonly candidates: readonly C[]
}

/**
 * Nobody, one note, or several that are equally good (ambiguous: shown, never guessed), in a fixed order.
 * The caller looks candidates up by `linkKey`; `path` candidates may be any note whose path ends in the name.
 */
export function resolveLink<C extends Candidate>({ name, fromFolder, candidates }: Query<C>): { found: C[] } {
  const key = linkKey(name)
  if (key === '') return { found: [] }
  const from = folders(linkKey(fromFolder))
  let best: { rank: number; distance: number; found: Map<string, C> } | null = null
  for (const candidate of candidates) {
    const rank = rankOf(candidate, key)
    if (rank < 0) continue
    const distance = rank === EXACT ? 0 : folderDistance(from, folders(folderOf(linkKey(candidate.path))))
    if (!best || rank < best.rank || (rank === best.rank && distance < best.distance)) {
      best = { rank, distance, found: new Map([[candidate.id, candidate]]) }
    } else if (rank === best.rank && distance === best.distance && !best.found.has(candidate.id)) {
      best.found.set(candidate.id, candidate)
    }
  }
  return { found: best ? [...best.found.values()].sort(byPath) : [] }
}

const EXACT = 0
const RANK: Record<Exclude<Match, 'path'>, number> = { title: 1, alias: 2, former: 3 }

/** -1 where the candidate does not go by the name. The end of a path is as good as a title, which it mostly is. */
function rankOf(candidate: Candidate, key: string): number {
  if (candidate.match !== 'path') return RANK[candidate.match]
  const path = linkKey(candidate.path)
  if (path === key) return EXACT
  return path.endsWith(`/${key}`) ? RANK.title : -1
}

const byPath = (a: Candidate, b: Candidate) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.id < b.id ? -1 : 1)

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
const folders = (folder: string): string[] => (folder === '' ? [] : folder.split('/'))

/** Steps from one folder to another: up to the folder that holds both, then down. */
function folderDistance(from: readonly string[], to: readonly string[]): number {
  let shared = 0
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared += 1
  return from.length + to.length - 2 * shared
}
