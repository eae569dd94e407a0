import type { NoteId } from '../../core/base/ids.ts'
import { CallError, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'

type Pages = Output<typeof vaultContract, 'htmlOf'>

/** Notes as HTML, for web pages, PDF and paper. */
export class Html {
  async of(_ids: readonly NoteId[]): Promise<Pages> {
    throw new CallError('unavailable', 'Notes cannot be shown as a web page yet.')
  }
}
