import { type ReactNode, useEffect, useRef } from 'react'
import { focusText } from '../caret.ts'
import { Floating } from './Floating.tsx'

export type Choice = {
  readonly key: string
  readonly icon: ReactNode
  readonly text: ReactNode
  readonly small?: string
  /** A line below the text. */
  readonly sub?: string
  /** Words that somebody wrote. */
  readonly isAuthored?: boolean
  /** A line before it. */
  readonly isApart?: boolean
  readonly isCurrent?: boolean
  readonly onChoose: () => void
}

type ChoiceMenuProps = {
  rect: () => DOMRect | null
  label: string
  /** Small words over the rows. */
  heading?: string
  choices: readonly Choice[]
  /** 400 in place of 320. */
  isWide?: boolean
  onClose: () => void
}

/** What may be done with something in the text, under it. Takes the focus and gives it back. */
export function ChoiceMenu({ rect, label, heading, choices, isWide = false, onClose }: ChoiceMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const rows = menu.current?.querySelectorAll<HTMLElement>('button')
    const first = [...(rows ?? [])].find((row) => row.dataset.current !== undefined) ?? rows?.[0]
    first?.focus({ preventScroll: true })
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.current?.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', onPointer)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      const active = document.activeElement
      // what was chosen may have moved the focus on
      const isOurs =
        active === null || active === document.body || !active.isConnected || menu.current?.contains(active)
      if (isOurs && before instanceof HTMLElement && before.isConnected) focusText(before)
    }
  }, [onClose])
  const step = (to: (at: number, count: number) => number) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button.matches(':focus'))
    buttons[to(at, buttons.length)]?.focus()
  }
  return (
    <Floating rect={rect} anchorKey={`${label}:${choices.length}`}>
      <div
        className={`menu link-menu choice-menu${isWide ? ' is-wide' : ''}`}
        ref={menu}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Tab') onClose()
          else if (event.key === 'ArrowDown') step((at, count) => (at + 1) % count)
          else if (event.key === 'ArrowUp') step((at, count) => (at - 1 + count) % count)
          else if (event.key === 'Home') step(() => 0)
          else if (event.key === 'End') step((_, count) => count - 1)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        {heading !== undefined && <p className="menu-label">{heading}</p>}
        {choices.map(({ key, icon, text, small, sub, isAuthored, isApart, isCurrent, onChoose }) => (
          <button
            key={key}
            type="button"
            role="menuitem"
            className={`menu-item${isApart ? ' is-apart' : ''}`}
            data-current={isCurrent || undefined}
            onClick={onChoose}
          >
            {icon}
            <span className={`clip${isAuthored ? ' authored' : ''}${isCurrent ? ' is-current' : ''}`}>{text}</span>
            <small>{small}</small>
            {sub !== undefined && <span className="menu-sub clip">{sub}</span>}
          </button>
        ))}
      </div>
    </Floating>
  )
}
