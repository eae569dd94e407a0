import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Output } from '../../../ipc/rpc.ts'
import type { vaultContract } from '../../../ipc/vault-contract.ts'
import { type Live, useVault, useVaultHistory } from '../../platform/use-live.ts'
import type { Looking } from '../../state/history.ts'
import type { ChangeKinds } from './thread.ts'

export type Versions = Output<typeof vaultContract, 'versions'>
export type BigChanges = Output<typeof vaultContract, 'bigChanges'>
export type Authorship = Output<typeof vaultContract, 'authorship'>

export const useVersions = (id: NoteId): Live<Versions> =>
  useVaultHistory(`versions:${id}`, (vault) => vault.call('versions', { id }))

export const useBigChanges = (): Live<BigChanges> =>
  useVaultHistory('big-changes', (vault) => vault.call('bigChanges', {}))

export const kindsOf = (changes: BigChanges | null): ChangeKinds => new Map(changes?.map(({ id, kind }) => [id, kind]))

export type Past = {
  readonly version: string
} & (
  | ({ readonly is: 'compare' } & Output<typeof vaultContract, 'compareVersion'>)
  | ({ readonly is: 'read' } & Output<typeof vaultContract, 'readVersion'>)
)

/** What is looked at: a comparison that follows the note while it changes, or a version, which never does. */
export function usePast(id: NoteId, { chosen: version, mode }: Looking): { past: Past | null; isUnreadable: boolean } {
  const key = `${mode}:${id}:${version}`
  const compare = useVault(mode === 'compare' ? key : null, async (vault): Promise<Past> => {
    return { is: 'compare', version, ...(await vault.call('compareVersion', { id, version })) }
  })
  const read = useVaultHistory(mode === 'read' ? key : null, async (vault): Promise<Past> => {
    return { is: 'read', version, ...(await vault.call('readVersion', { id, version })) }
  })
  const { data, failed } = mode === 'compare' ? compare : read
  return { past: useLast(data, isSamePast), isUnreadable: failed !== null }
}

/** Asked again with every change of the vault, a comparison mostly says the same: then nothing is drawn anew. */
const isSamePast = (a: Past, b: Past): boolean =>
  a.version === b.version && a.is === b.is && (a.is === 'read' || (b.is === 'compare' && a.docHash === b.docHash))

const never = () => false

/** The last answer stays while the next one is on its way, so that nothing blinks, and while that one is the same. */
export function useLast<T>(value: T | null, isSame: (a: T, b: T) => boolean = never): T | null {
  const [last, setLast] = useState(value)
  const isNews = value !== null && value !== last && !(last !== null && isSame(last, value))
  if (isNews) setLast(value)
  return isNews ? value : last
}

/** About when each passage of the note was written; empty until it is known. */
export const useAuthorship = (id: NoteId | null): Authorship =>
  useLast(useVault(id && `authorship:${id}`, (vault) => vault.call('authorship', { id: id as NoteId })).data) ?? []
