import { useEffect, useId, useRef, useState } from 'react'
import { Floating } from '../../links/Floating.tsx'
import { WORDS } from '../words.ts'
import { languagesFor } from './languages.ts'

type LanguageMenuProps = {
  /** The language as it is now. */
  readonly current: string
  readonly rect: () => DOMRect | null
  readonly onChoose: (language: string) => void
  /** Left without a choice; `isBack` where the caret is to go back to the code. */
  readonly onClose: (isBack: boolean) => void
}

/** The languages of a block of code, under its button: typing filters, the arrows choose, Enter takes. */
export function LanguageMenu({ current, rect, onChoose, onClose }: LanguageMenuProps) {
  const id = useId()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState<number | null>(null)
  const found = languagesFor(query)
  const own = query === '' ? found.findIndex(({ word, also }) => word === current || also.includes(current)) : 0
  const at = Math.min(chosen ?? Math.max(0, own), found.length - 1)
  const row = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row is in view when it is chosen
  useEffect(() => row.current?.scrollIntoView({ block: 'nearest' }), [at, query])

  return (
    <Floating rect={rect} anchorKey="">
      <div className="menu code-languages">
        <input
          // biome-ignore lint/a11y/noAutofocus: it was opened to be typed into
          autoFocus
          className="field-input"
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[at] && `${id}-${at}`}
          aria-label={WORDS.code.filter}
          placeholder={WORDS.code.filter}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(null)
          }}
          onBlur={() => onClose(false)}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
            const language = found[at]
            if (step !== 0 && found.length > 0) setChosen((at + step + found.length) % found.length)
            else if (event.key === 'Enter' && !event.nativeEvent.isComposing && language) onChoose(language.word)
            else if (event.key === 'Escape' || event.key === 'Tab') onClose(true)
            else return
            event.preventDefault()
            event.stopPropagation()
          }}
        />
        <div className="code-languages-list" id={id} role="listbox" aria-label={WORDS.code.language}>
          {found.map(({ word, name }, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go through the field, which keeps the focus
            <div
              key={word}
              id={`${id}-${index}`}
              ref={index === at ? row : undefined}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className="menu-item"
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setChosen(index)}
              onClick={() => onChoose(word)}
            >
              <span className="clip">{name}</span>
              <small>{word}</small>
            </div>
          ))}
        </div>
      </div>
    </Floating>
  )
}
