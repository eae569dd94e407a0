import type { LexicalEditor } from 'lexical'
import { useEffect, useId, useRef, useState } from 'react'
import { $tagAct } from '../../../../editor/extensions/blocks.ts'
import { shareHighlight, textRange } from '../../../../editor/extensions/highlights.ts'
import { $takeSlash, registerSlash, type Slash, type SlashControl } from '../../../../editor/extensions/slash.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { Floating, rectOf } from '../links/Floating.tsx'
import { hasMoved, useTextMenu } from '../text-menu.ts'
import { slashRows } from './slash-match.ts'
import type { SlashRow } from './slash-rows.ts'
import { MENU_WORDS } from './words.ts'
import './menus.css'

/** What `/` inserts, under what is typed; the focus stays in the text. Escape leaves the sign as text. */
export function SlashMenu({ editor }: { editor: LexicalEditor }) {
  const [slash, setSlash] = useState<Slash | null>(null)
  const control = useRef<SlashControl | null>(null)
  useEffect(() => {
    const registered = registerSlash(editor, setSlash)
    control.current = registered
    return () => {
      control.current = null
      registered.dispose()
      setSlash(null)
    }
  }, [editor])
  return slash && <Rows editor={editor} slash={slash} onClose={() => control.current?.dismiss()} key={slash.key} />
}

function Rows({ editor, slash, onClose }: { editor: LexicalEditor; slash: Slash; onClose: () => void }) {
  const id = useId()
  const [within, setWithin] = useState<SlashRow['within'] | null>(null)
  const rows = slashRows(slash, within)
  const [chosen, setChosen] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows start at the first
  useEffect(() => setChosen(0), [slash.query, within])
  const at = Math.min(chosen, rows.length - 1)

  const choose = (row: SlashRow) => {
    if (row.opens) {
      setWithin(row.opens)
      return
    }
    editor.update(
      () => {
        $tagAct()
        $takeSlash(slash)
        row.$run?.(slash)
      },
      { discrete: true },
    )
    if (row.run) row.run(editor)
    else editor.focus()
  }

  const active = rows[at]
  useTextMenu({
    editor,
    id,
    activeId: active && `${id}-${active.id}`,
    onMove: (step) => setChosen((at + step + rows.length) % rows.length),
    onAccept: (event) => {
      if (!active || event?.shiftKey) return false
      choose(active)
      return true
    },
    onClose,
  })

  const isShown = active !== undefined
  useEffect(() => {
    if (!isShown) return
    const share = shareHighlight('completing')
    const range = textRange(editor.getElementByKey(slash.key), slash.start, slash.end)
    share.set(range ? [range] : [])
    return share.dispose
  }, [editor, isShown, slash])

  if (!active) return null
  const isWhole = slash.query === ''
  const turns = slash.context === 'words' || slash.context === 'item'
  return (
    <Floating rect={() => rectOf(editor, slash.key, slash.start, slash.end)} anchorKey={`${slash.query}${within}`}>
      <div className="menu link-menu slash-menu" id={id} role="listbox" aria-label={MENU_WORDS.insert}>
        {rows.map((row, index) => {
          const isFirst = row.group !== rows[index - 1]?.group
          const head = turns && !within && isFirst && isWhole ? headOf(row.group) : null
          return (
            <div key={row.id} role="presentation">
              {isWhole && isFirst && index > 0 && <div className="menu-line" role="presentation" />}
              {head && (
                <div className="menu-label" aria-hidden="true">
                  {head}
                </div>
              )}
              {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the text, which keeps the focus */}
              <div
                id={`${id}-${row.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className="menu-item"
                onMouseDown={(event) => event.preventDefault()}
                onMouseMove={(event) => hasMoved(event) && setChosen(index)}
                onClick={() => choose(row)}
              >
                <Icon of={row.icon} size={14} />
                <span className="clip">{row.label}</span>
                <small aria-hidden="true">{row.sign}</small>
              </div>
            </div>
          )
        })}
      </div>
    </Floating>
  )
}

const headOf = (group: SlashRow['group']): string | null =>
  group === 'turn' ? MENU_WORDS.turnInto : group === 'insert' ? MENU_WORDS.insertBelow : null
