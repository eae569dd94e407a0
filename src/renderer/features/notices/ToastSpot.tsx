import { useEffect } from 'react'
import { closeToast, useNotices } from '../../state/notices.ts'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

const SHOWN_MS = 8000

/** Bottom left, one at a time, with Undo for eight seconds (DESIGN 5). */
export function ToastSpot() {
  const toast = useNotices((state) => state.toast)
  useEffect(() => {
    if (!toast) return
    const timer = setTimeout(closeToast, SHOWN_MS)
    return () => clearTimeout(timer)
  }, [toast])
  return (
    <div className="toast-spot" role="status">
      {toast && (
        <div className="toast" key={toast.id}>
          <span>{toast.text}</span>
          {toast.action && (
            <button
              type="button"
              className="text-button"
              onClick={() => {
                const { action } = toast
                closeToast()
                action?.run()
              }}
            >
              {toast.action.label}
            </button>
          )}
          {toast.undo && (
            <button
              type="button"
              className="text-button"
              onClick={() => {
                const { undo } = toast
                closeToast()
                if (undo) attempt(undo)
              }}
            >
              {WORDS.undo}
            </button>
          )}
        </div>
      )}
    </div>
  )
}
