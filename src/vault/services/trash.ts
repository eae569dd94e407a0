import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'

type Calls = Pick<Handlers<typeof vaultContract>, 'trash' | 'purgeNotes'>

const later = () => {
  throw new CallError('not-built', 'not yet')
}

export function trashCalls(): Calls {
  return {
    trash: later,
    purgeNotes: later,
  }
}
