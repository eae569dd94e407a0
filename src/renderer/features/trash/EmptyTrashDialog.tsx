import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { showToast } from '../../state/notices.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

type State = { is: 'asking' } | { is: 'busy' } | { is: 'left'; notes: number; left: readonly string[] }

/** Says what leaves and what is not reached, before and after (DESIGN 12: the safe button has the focus). */
export function EmptyTrashDialog({ ids }: { ids: readonly NoteId[] }) {
  const [state, setState] = useState<State>({ is: 'asking' })
  const [problem, setProblem] = useState<string | null>(null)
  const empty = async () => {
    setState({ is: 'busy' })
    try {
      const { notes, left } = await vaultClient().call('purgeNotes', { ids: [...ids] })
      if (left.length > 0) return setState({ is: 'left', notes, left })
      closeOverlay()
      showToast(WORDS.emptied(notes))
    } catch (error) {
      setProblem(say(error))
      setState({ is: 'asking' })
    }
  }
  if (state.is === 'left') {
    return (
      <Dialog
        title={WORDS.emptied(state.notes)}
        onClose={closeOverlay}
        actions={
          <Button look="primary" onClick={closeOverlay}>
            {WORDS.close}
          </Button>
        }
      >
        <p>{WORDS.left(state.left.length)}</p>
        <ul className="trash-list">
          {state.left.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </Dialog>
    )
  }
  const isBusy = state.is === 'busy'
  return (
    <Dialog
      title={WORDS.emptyTitle}
      lede={isBusy ? WORDS.emptying : WORDS.emptyLede(ids.length)}
      onClose={isBusy ? null : closeOverlay}
      actions={
        <>
          <Button isBusy={isBusy} onClick={() => void empty()}>
            {WORDS.emptyNow(ids.length)}
          </Button>
          <Button look="primary" isDisabled={isBusy} onClick={closeOverlay}>
            {WORDS.keep}
          </Button>
        </>
      }
    >
      <h3 className="trash-list-head">{WORDS.goes}</h3>
      <ul className="trash-list">
        {WORDS.goesItems.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      <h3 className="trash-list-head">{WORDS.stays}</h3>
      <ul className="trash-list">
        {WORDS.staysItems.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
      {problem !== null && (
        <p className="trash-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  )
}
