import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { useIndex, useVault } from '../../platform/use-live.ts'
import { ranked, wordsOf } from './might-fit.ts'
import type { Commitment } from './use-commitment.ts'
import { useGround } from './use-ground.ts'

export type Fitting = Output<typeof indexContract, 'search'>['hits'][number]

const MOST = 3
/** For each word: enough that an example is among them. */
const ASKED = 60
const TEXT = 4000

/** Examples that hold words of the commitment and that it does not rest on yet; null where nothing was asked. */
export function useMightFit(commitment: Commitment | null): readonly Fitting[] | null {
  const id = commitment?.id
  const { data: text } = useVault(id ? `words:${id}` : null, async (vault) =>
    id ? (await vault.call('showMarkdown', { id })).markdown.slice(0, TEXT) : '',
  )
  const words = commitment ? wordsOf(commitment.note.title, withoutFrontmatter(text ?? '') + factsOf(commitment)) : []
  const key = words.join(' ')
  const { data } = useIndex(key === '' ? null : `fit:${key}`, async (index) => {
    const found = []
    for (const word of words) found.push(await index.call('search', { query: `"${word}"`, limit: ASKED }))
    return ranked(found, MOST + ASKED)
  })
  const ground = useGround(commitment?.id ?? null)
  if (!commitment || !data || !ground) return null
  const taken = new Set<string>(ground.flatMap((row) => (row.id ? [row.id] : [])))
  return data.filter((hit) => !taken.has(hit.id)).slice(0, MOST)
}

const withoutFrontmatter = (markdown: string): string => markdown.replace(/^---\n[\s\S]*?\n---\n/, '')
const factsOf = ({ facts }: Commitment): string => ` ${facts.proceedIf} ${facts.pivotIf} ${facts.blastRadius}`
