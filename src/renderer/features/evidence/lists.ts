import type { EvidenceList as EvidenceListId } from '../../../core/evidence/lists.ts'
import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'

export type { EvidenceList as EvidenceListId } from '../../../core/evidence/lists.ts'
export type EvidenceList = Output<typeof indexContract, 'evidence'>['lists'][number]
export type EvidenceItem = EvidenceList['items'][number]
export type ReadPin = EvidenceItem['pins'][number]

/** As they stand at the side, and as they stand on the page (DESIGN, n3). */
export const AT_SIDE: readonly EvidenceListId[] = [
  ...(['essays-without-example', 'one-source', 'contested', 'unused-examples'] as const),
  ...(['rests-on-nothing', 'ground-changed'] as const),
]
export const ON_PAGE: readonly EvidenceListId[] = [
  ...(['ground-changed', 'essays-without-example', 'rests-on-nothing'] as const),
  ...(['contested', 'one-source', 'unused-examples'] as const),
]

export const isEvidenceList = (text: string | null): text is EvidenceListId =>
  text !== null && (AT_SIDE as readonly string[]).includes(text)
