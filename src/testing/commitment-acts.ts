import fc from 'fast-check'
import type { NoteId } from '../core/base/ids.ts'
import type { VaultHarness } from './vault-harness.ts'

const ACTS = [
  'open',
  'proceed',
  'park',
  'pivot',
  'due',
  'cadence',
  'saw',
  'withdraw',
  'invite',
  'pin',
  'derive',
] as const
const WORDS = ['Seven hours, cited [[note]].', 'a\nb', '*x* ^id #t', 'said: so', '- no list']

/** What people do with a commitment, in any order; what makes no sense is refused and changes nothing. */
export const arbitraryActs = fc.array(fc.tuple(fc.constantFrom(...ACTS), fc.constantFrom(...WORDS)), { maxLength: 6 })
export type Acts = readonly (readonly [(typeof ACTS)[number], string])[]

export async function actOn({ vault }: VaultHarness, id: NoteId, acts: Acts): Promise<void> {
  const review = { id, author: 'Ana: B', review: '' } as const
  const run = async (act: (typeof ACTS)[number], text: string): Promise<unknown> => {
    switch (act) {
      case 'open':
        return vault.call('openCommitment', { id, text, author: 'Mara' })
      case 'proceed':
        return vault.call('review', { ...review, text, so: 'proceed', cites: [id], towards: 'proceed' })
      case 'park':
        return vault.call('review', { ...review, text, so: 'parked', cites: 'none' })
      case 'pivot':
        return vault.call('review', { ...review, text, so: 'pivot', successorTitle: 'What came of it' })
      case 'due':
        return vault.call('editFacts', { id, edit: { is: 'set', key: 'due', value: '2026-12-11' } })
      case 'cadence':
        return vault.call('editFacts', { id, edit: { is: 'add', key: 'review_every', value: '10d' } })
      case 'saw':
        return vault.call('appendLog', { id, type: 'saw', text, details: { towards: 'pivot' } })
      case 'withdraw': {
        const entry = (await vault.call('noteLog', { id })).entries.at(-1)?.id ?? 'log-0'
        return vault.call('withdraw', { id, entry, reason: text, author: '' })
      }
      case 'invite':
        return vault.call('invite', { id, person: 'Jonas', author: 'Mara' })
      case 'pin':
        return vault.call('pin', { id, word: 'rests_on', target: id, anchor: '' })
      case 'derive':
        return vault.call('startFrom', { id, title: 'Made from it' })
    }
  }
  for (const [act, text] of acts) await run(act, text).catch(() => null)
}
