import { useEffect, useState } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import { whenPainted } from '../features/note/index.ts'
import { useNoteFacts } from '../state/note-facts.ts'

/** A note whose text does not come is still one that stands among others: one in the trash, one that is refused. */
const LATEST_MS = 400

/**
 * The last note whose text was painted. What stands around a text follows it: asking for that, and drawing it, would
 * take the time in which the text itself comes.
 */
export function useArrived(id: NoteId): NoteId {
  const [arrived, setArrived] = useState(id)
  useEffect(() => {
    if (id === arrived) return
    let isOver = false
    const arrive = () => void (isOver || setArrived(id))
    const look = () => {
      if (!useNoteFacts.getState().byNote[id]) return false
      whenPainted(arrive)
      return true
    }
    const timer = setTimeout(arrive, LATEST_MS)
    const stop = look() ? () => {} : useNoteFacts.subscribe(() => void (look() && stop()))
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [id, arrived])
  return arrived
}
