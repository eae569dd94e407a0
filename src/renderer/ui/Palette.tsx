import {
  Fragment,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import './palette.css'

export type PaletteOption = {
  readonly key: string
  readonly group: string
  /** What a reader hears. */
  readonly name: string
  readonly content: ReactNode
  readonly run: (event: { isMod: boolean }) => void
}

type PaletteProps = {
  label: string
  hint: string
  query: string
  onQuery: (query: string) => void
  /** In reading order; options of one group stand together. */
  options: readonly PaletteOption[]
  /** False while the options still answer an earlier query: Enter then waits for those of this one. */
  isCurrent?: boolean
  status: string
  foot: ReactNode
  /** Shift+Enter. */
  onWrite?: () => void
  onClose: () => void
}

/** A field over a list that answers as it is typed: a combobox with a listbox, the focus stays in the field. */
export function Palette({
  label,
  hint,
  query,
  onQuery,
  options,
  isCurrent = true,
  status,
  foot,
  onWrite,
  onClose,
}: PaletteProps) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const [chosen, setChosen] = useState<{ query: string; key: string } | null>(null)
  // The first row is chosen again with each word; rows that arrive later do not move the choice.
  const at = Math.max(0, chosen?.query === query ? options.findIndex(({ key }) => key === chosen.key) : 0)
  const active = options[at]

  // As a layout effect, so that it closes while it still stands in the page: only then the focus goes back.
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    input.current?.select()
    return () => element?.close()
  }, [])
  useEffect(() => {
    if (active) document.getElementById(`${id}-${active.key}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, id])

  // Typed and entered before the answer came: it is done with the first row of the answer.
  const [waiting, setWaiting] = useState<{ query: string; isMod: boolean } | null>(null)
  useEffect(() => {
    if (!waiting || !isCurrent) return
    setWaiting(null)
    if (waiting.query === query) active?.run({ isMod: waiting.isMod })
  }, [waiting, isCurrent, active, query])

  const choose = (to: number) => {
    const next = options[(to + options.length) % options.length]
    if (next) setChosen({ query, key: next.key })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const isMod = event.ctrlKey || event.metaKey
    const keys: Record<string, () => void> = {
      ArrowDown: () => choose(at + 1),
      ArrowUp: () => choose(at - 1),
      PageDown: () => choose(Math.min(at + 8, options.length - 1)),
      PageUp: () => choose(Math.max(at - 8, 0)),
      Enter: () => {
        if (event.shiftKey && onWrite) onWrite()
        else if (isCurrent) active?.run({ isMod })
        else setWaiting({ query, isMod })
      },
    }
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it; the click is one beside it
    <dialog
      ref={dialog}
      className="palette"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      <div className="palette-query">
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active && `${id}-${active.key}`}
          aria-autocomplete="list"
          placeholder={hint}
          spellCheck={false}
          value={query}
          onChange={(event) => onQuery(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <span className="palette-status num" role="status">
          {status}
        </span>
      </div>
      <div id={`${id}-list`} className="palette-list" role="listbox" aria-label={label}>
        {options.map((option, index) => (
          <Fragment key={option.key}>
            {option.group !== options[index - 1]?.group && option.group !== '' && (
              <div className="palette-group" role="presentation">
                {option.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field listens to the keyboard */}
            <div
              id={`${id}-${option.key}`}
              className="palette-option"
              role="option"
              tabIndex={-1}
              aria-selected={option === active}
              aria-label={option.name}
              onMouseMove={() => {
                if (option !== active) setChosen({ query, key: option.key })
              }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => option.run({ isMod: event.ctrlKey || event.metaKey })}
            >
              {option.content}
            </div>
          </Fragment>
        ))}
      </div>
      <div className="palette-foot">{foot}</div>
    </dialog>
  )
}
