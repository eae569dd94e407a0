import type { NoteId } from '../../../core/base/ids.ts'
import { useNote } from '../../platform/notes.ts'
import { useVault } from '../../platform/use-live.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Difference } from '../history/index.ts'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './start-from.css'

/** A note beside the one that it was made from, as that was then. Follows both while it is open. */
export function DifferenceDialog({ id }: { id: NoteId }) {
  const note = useNote(id).data
  const { data } = useVault(`compare-notes:${id}`, async (vault) => {
    try {
      return { is: 'compared' as const, ...(await vault.call('compareNotes', { id })) }
    } catch (error) {
      return { is: 'failed' as const, text: say(error) }
    }
  })
  if (!note || !data) return null
  const close = (
    <Button look="primary" onClick={closeOverlay}>
      {WORDS.close}
    </Button>
  )
  if (data.is === 'failed') {
    return (
      <Dialog title={WORDS.difference} onClose={closeOverlay} actions={close}>
        <p role="alert">{data.text}</p>
      </Dialog>
    )
  }
  const { source, isThen, hasChanged, difference } = data
  return (
    <Dialog
      isWide
      title={WORDS.differenceTitle(source.title)}
      lede={isThen ? WORDS.sinceThen(hasChanged) : WORDS.now}
      onClose={closeOverlay}
      actions={close}
    >
      {/* Scrolled with the arrow keys where nothing in it takes the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region has to be reached by the keyboard */}
      <section className="source-difference" tabIndex={0} aria-label={WORDS.difference}>
        <Difference difference={difference} title={note.shownTitle} same={WORDS.same} />
      </section>
    </Dialog>
  )
}
