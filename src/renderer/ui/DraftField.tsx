import { type ComponentProps, type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'

type DraftFieldProps = Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'rows' | 'defaultValue'> & {
  /** What stands in the note. Somebody else's change shows while nobody writes here. */
  value: string
  /** Enter, or leaving it, with other words in it. False keeps them, to be mended. */
  onCommit: (text: string) => boolean | undefined
  /** Enter, after the words are in the note; whether there were other words. */
  onNext?: ((hasChanged: boolean) => void) | undefined
}

/** A field as wide and as high as its words. Escape puts back what stood there. */
export function DraftField({ value, onCommit, onNext, onKeyDown, ...field }: DraftFieldProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const element = useRef<HTMLTextAreaElement>(null)
  const text = draft ?? value
  /** What was typed and is not given to the note yet, and how that is done. */
  const pending = useRef<string | null>(null)
  const give = useRef(onCommit)
  give.current = onCommit
  // a note that leaves the page takes the field away without a blur that React hears
  useLayoutEffect(
    () => () => {
      const left = pending.current
      pending.current = null
      if (left !== null) give.current(left.trim())
    },
    [],
  )
  // what was written stays until the note says it: nothing flickers back
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another value ends a draft
  useEffect(() => {
    if (document.activeElement !== element.current || draft?.trim() === value) setDraft(null)
  }, [value])

  const commit = (): boolean => {
    const typed = pending.current
    if (typed === null || typed === value) return true
    if (onCommit(typed.trim()) === false) return false
    pending.current = null
    if (value === '') setDraft(null)
    return true
  }
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    onKeyDown?.(event)
    if (event.defaultPrevented || event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      const hasChanged = draft !== null && draft !== value
      if (commit()) onNext?.(hasChanged)
    }
    if (event.key === 'Escape' && draft !== null) {
      event.stopPropagation()
      pending.current = null
      setDraft(null)
    }
  }
  return (
    <textarea
      {...field}
      ref={element}
      rows={1}
      value={text}
      onChange={(event) => {
        pending.current = event.target.value
        setDraft(event.target.value)
      }}
      onBlur={(event) => {
        commit()
        field.onBlur?.(event)
      }}
      onKeyDown={press}
    />
  )
}
