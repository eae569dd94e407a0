import { useEffect, useRef } from 'react'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import type { Choice } from './follow.ts'
import { Floating } from './LinkMenu.tsx'
import { WORDS } from './words.ts'

type WhichMenuProps = {
  rect: DOMRect
  choices: readonly Choice[]
  onChoose: (choice: Choice) => void
  onClose: () => void
}

/** Which of several notes of one name a link means: shown, never guessed silently (PRODUCT, "Links"). */
export function WhichMenu({ rect, choices, onChoose, onClose }: WhichMenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = document.activeElement
    menu.current?.querySelector('button')?.focus()
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.current?.contains(target)) onClose()
    }
    document.addEventListener('pointerdown', onPointer)
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      if (before instanceof HTMLElement) before.focus()
    }
  }, [onClose])
  const step = (by: number) => {
    const buttons = [...(menu.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button.matches(':focus'))
    buttons[(at + by + buttons.length) % buttons.length]?.focus()
  }
  return (
    <Floating rect={() => rect} anchorKey="which">
      <div
        className="menu link-menu"
        ref={menu}
        role="menu"
        tabIndex={-1}
        aria-label={WORDS.which}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose()
          else if (event.key === 'ArrowDown') step(1)
          else if (event.key === 'ArrowUp') step(-1)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      >
        <p className="menu-label">{WORDS.which}</p>
        {choices.map((choice, index) => (
          <button key={choice.id} type="button" role="menuitem" className="menu-item" onClick={() => onChoose(choice)}>
            <KindGlyph kind={choice.kind} label={WORDS.kind[choice.kind]} />
            <span className="clip authored">{choice.title}</span>
            <small>{choice.path.split('/').slice(0, -1).join('/')}</small>
            {index === 0 && <span className="menu-sub">{WORDS.nearest}</span>}
          </button>
        ))}
      </div>
    </Floating>
  )
}
