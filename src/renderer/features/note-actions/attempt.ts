import { CallError } from '../../../ipc/rpc.ts'
import { showNotice } from '../../state/notices.ts'
import { WORDS } from './words.ts'

/** A failure as a sentence for a person: of an expected one its own, of a bug none of its details. */
export function say(error: unknown): string {
  if (!(error instanceof CallError)) return WORDS.problem
  if (error.code === 'closed') return WORDS.closed
  return error.code === 'internal' || error.code === 'invalid' ? WORDS.problem : error.message
}

/** Does what a person asked for; what goes wrong is said in the strip. */
export function attempt(action: () => Promise<unknown>): void {
  action().catch((error: unknown) => showNotice({ key: 'action', level: 'warning', text: say(error) }))
}
