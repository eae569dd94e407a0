import type { indexContract } from '../../../ipc/index-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import type { vaultContract } from '../../../ipc/vault-contract.ts'

export type TrashRow = Output<typeof vaultContract, 'trash'>[number]
export type Waiting = Output<typeof indexContract, 'waiting'>[number]
