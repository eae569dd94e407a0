import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import './dialog.css'

/**
 * The element's own modal state traps the focus, makes the rest inert and gives the focus back.
 * `onClose` null: Escape does nothing, because something is under way that only a button may stop.
 */
export function Dialog({
  title,
  lede,
  children,
  actions,
  onClose,
  isSmall = false,
  isWide = false,
}: {
  title: string
  lede?: string
  children?: ReactNode
  actions: ReactNode
  onClose: (() => void) | null
  isSmall?: boolean
  /** Its width is that of the feature that asks for it. */
  isWide?: boolean
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  // As a layout effect, so that it closes while it still stands in the page: only then the focus goes back.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // What is asked for, else what it is about; the browser would take the first control it meets. A choice that
    // is made already asks for nothing.
    dialog?.querySelector<HTMLElement>('input:not([type=radio], [type=checkbox]), .button.is-primary')?.focus()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      className={`dialog${isSmall ? ' is-small' : ''}${isWide ? ' is-wide' : ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose?.()
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        {lede && <p className="dialog-lede">{lede}</p>}
      </div>
      {children && <div className="dialog-body">{children}</div>}
      <div className="dialog-foot">{actions}</div>
    </dialog>
  )
}
