import type { Status } from '../../../core/commitment/status.ts'
import type { Ending } from '../../state/review.ts'

/** What a commitment is after each ending. */
export const AFTER: Readonly<Record<Ending, Status>> = {
  proceed: 'in progress',
  kept: 'kept',
  pivot: 'pivoted',
  parked: 'considering',
  dropped: 'dropped',
}
