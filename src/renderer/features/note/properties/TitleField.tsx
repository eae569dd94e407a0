import { useEffect, useId, useRef, useState } from 'react'
import { useIndex } from '../../../platform/use-live.ts'

const MOST = 12

type TitleFieldProps = {
  readonly label: string
  readonly start: string
  readonly placeholder?: string
  /** The words; null where it was left by Escape. */
  readonly onDone: (words: string | null) => void
}

/** A field that proposes the titles of notes. It has the focus from the start. */
export function TitleField({ label, start, placeholder, onDone }: TitleFieldProps) {
  const id = useId()
  const [text, setText] = useState(start)
  const field = useRef<HTMLInputElement>(null)
  const isDone = useRef(false)
  const { data } = useIndex(`titles:${text}`, (index) => index.call('titles', { query: text, limit: MOST }))
  useEffect(() => field.current?.focus(), [])
  const end = (words: string | null) => {
    if (isDone.current) return
    isDone.current = true
    onDone(words)
  }
  return (
    <>
      <input
        ref={field}
        className="prop-title"
        list={id}
        aria-label={label}
        placeholder={placeholder}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => end(text.trim())}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter') end(text.trim())
          else if (event.key === 'Escape') end(null)
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <datalist id={id}>
        {data?.map(({ id, title }) => (
          <option key={id} value={title} />
        ))}
      </datalist>
    </>
  )
}
