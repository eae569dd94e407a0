import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'

type Calls = Pick<
  Handlers<typeof vaultContract>,
  | 'versions'
  | 'keepVersion'
  | 'nameVersion'
  | 'versionAt'
  | 'readVersion'
  | 'compareVersion'
  | 'restoreVersion'
  | 'restorePassage'
  | 'restoreNotesAt'
  | 'authorship'
  | 'bigChanges'
  | 'undoBigChange'
>

const later = () => {
  throw new CallError('not-built', 'not yet')
}

export function historyCalls(): Calls {
  return {
    versions: later,
    keepVersion: later,
    nameVersion: later,
    versionAt: later,
    readVersion: later,
    compareVersion: later,
    restoreVersion: later,
    restorePassage: later,
    restoreNotesAt: later,
    authorship: later,
    bigChanges: later,
    undoBigChange: later,
  }
}
