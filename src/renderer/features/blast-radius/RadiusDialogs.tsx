import type { NoteId } from '../../../core/base/ids.ts'
import { useNote } from '../../platform/notes.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { attempt, trashNow } from '../note-actions/index.ts'
import { RadiusList } from './RadiusList.tsx'
import { sayRadius, useRadius } from './radius.ts'
import { WORDS } from './words.ts'

/** Everything that rests on a note, by depth and kind (PRODUCT, "Evidence"). */
export function RadiusDialog({ id }: { id: NoteId }) {
  const note = useNote(id).data
  const { data, failed } = useRadius(id)
  if (!note || (!data && failed === null)) return null
  const items = data?.items ?? []
  return (
    <Dialog
      title={WORDS.title(note.shownTitle)}
      lede={data && items.length === 0 ? WORDS.nothing : WORDS.lede}
      onClose={closeOverlay}
      actions={
        <Button look="primary" onClick={closeOverlay}>
          {WORDS.close}
        </Button>
      }
    >
      {!data && <p role="alert">{WORDS.failed}</p>}
      {data && items.length === 0 && <p className="radius-none">{WORDS.nothingMore}</p>}
      {items.length > 0 && <p className="radius-say">{sayRadius(items)}</p>}
      <RadiusList items={items} onOpen={closeOverlay} />
    </Dialog>
  )
}

/** Asked only where something rests on the note: it can be read again, so both answers are at hand, the safe one first. */
export function TrashDialog({ id }: { id: NoteId }) {
  const note = useNote(id).data
  const { data } = useRadius(id)
  if (!note || !data) return null
  return (
    <Dialog
      title={WORDS.trashTitle(note.shownTitle)}
      lede={WORDS.trashLede}
      onClose={closeOverlay}
      actions={
        <>
          <Button
            onClick={() => {
              closeOverlay()
              attempt(() => trashNow(id))
            }}
          >
            {WORDS.trash}
          </Button>
          <Button look="primary" onClick={closeOverlay}>
            {WORDS.keep}
          </Button>
        </>
      }
    >
      <p className="radius-say">{sayRadius(data.items, 'it') || WORDS.nothing}</p>
      <RadiusList items={data.items} onOpen={closeOverlay} />
    </Dialog>
  )
}

/** One sentence where something rests on a note whose links are about to follow it; else nothing. */
export function RadiusLine({ id }: { id: NoteId }) {
  const { data } = useRadius(id)
  const radius = sayRadius(data?.items ?? [], 'it')
  return radius === '' ? null : <p className="radius-line">{WORDS.linksFollow(radius)}</p>
}
