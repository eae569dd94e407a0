import { CallError, type Client } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { VaultCalls } from '../files/vault-calls.ts'

const MOST_TRIES = 3
/** Done twice, they would be there twice: a host that died before it answered may have done them. */
const ONCE: ReadonlySet<string> = new Set(['createNote', 'appendMarkdown'])

/**
 * Calls that outlive their host: asked again of its next life where it died before it answered. Those that would
 * double something fail with `unsure` instead.
 */
export const repeatCalls = (
  vault: () => Promise<Pick<Client<typeof vaultContract>, 'call'>>,
  isEnded: () => boolean,
): VaultCalls => ({
  call: async (name, input) => {
    for (let tries = 1; ; tries++) {
      const client = await vault()
      try {
        return await client.call(name, input)
      } catch (error) {
        if (!(error instanceof CallError) || error.code !== 'closed') throw error
        if (ONCE.has(name)) {
          const text = 'The vault stopped before it answered. Look whether it is done before you do it again.'
          throw new CallError('unsure', text)
        }
        if (isEnded() || tries >= MOST_TRIES) throw error
      }
    }
  },
})
