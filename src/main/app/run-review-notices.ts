import { Notification } from 'electron'
import type { Day } from '../../core/base/calendar-day.ts'
import type { Disposer } from '../../core/base/disposable.ts'
import type { VaultId } from '../../core/base/ids.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import type { Services } from '../services.ts'
import { type DueReview, type Notice, ReviewNotices } from './review-notices.ts'
import type { Windows } from './windows.ts'

/** Where a click on a notice leads, in the renderer's own shape (renderer/state/place.ts). */
const PLACE = JSON.stringify({ at: 'list', kind: 'commitment' })
const COMMAND = 'go.commitments'

/** The system's notices of due reviews, while the app runs with windows. */
export function runReviewNotices({ settings, hosts, registry, log }: Services, windows: Windows): Disposer {
  const due = async (vault: VaultId, today: Day): Promise<readonly DueReview[]> => {
    const host = hosts.get(vault)
    if (!host) return []
    const { items } = await (await host.index()).call('ledger', {})
    return items.flatMap(({ id, title, properties, entries }) => {
      const { review } = readCommitment(readFacts(properties), entries, today)
      return review?.isDue ? [{ id, title, on: review.on }] : []
    })
  }
  // One that is collected would not hear of the click.
  let shown: Notification | null = null
  const show = ({ title, body }: Notice, onClick: () => void) => {
    if (!Notification.isSupported()) return
    shown?.close()
    shown = new Notification({ title, body })
    shown.on('click', onClick)
    shown.show()
  }
  const open = (vault: VaultId) => {
    const window = windows.all().find(({ vaultId }) => vaultId === vault)
    if (!window) return void windows.open(vault, { place: PLACE })
    window.focus()
    window.emit('command', { id: COMMAND })
  }
  const notices = new ReviewNotices({
    isOn: () => settings.settings.reviewNotices,
    vaults: () =>
      registry
        .list()
        .map(({ id }) => id)
        .filter((id) => hosts.get(id) !== null),
    due,
    show,
    open,
    now: () => new Date(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
    log,
  })
  let wasOn = settings.settings.reviewNotices
  const deaf = settings.changed.on(({ reviewNotices }) => {
    if (reviewNotices && !wasOn) notices.soon()
    wasOn = reviewNotices
  })
  return () => {
    deaf()
    notices.stop()
  }
}
