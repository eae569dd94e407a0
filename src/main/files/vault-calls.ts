import type { z } from 'zod'
import type { Input, Output } from '../../ipc/rpc.ts'
import type { progressShape } from '../../ipc/shapes.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'

/** What import and export need of a vault: calls that may be sent twice, so that a host may die in between. */
export type VaultCalls = {
  call<K extends keyof (typeof vaultContract)['calls'] & string>(
    name: K,
    input: Input<typeof vaultContract, K>,
  ): Promise<Output<typeof vaultContract, K>>
}

export type Progress = z.infer<typeof progressShape>
