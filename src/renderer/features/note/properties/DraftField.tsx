import { type ComponentProps, type KeyboardEvent, useEffect, useRef, useState } from 'react'

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
  // what was written stays until the note says it: nothing flickers back
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another value ends a draft
  useEffect(() => {
    if (document.activeElement !== element.current || draft?.trim() === value) setDraft(null)
  }, [value])

  const commit = (): boolean => {
    if (draft === null || draft === value) return true
    if (onCommit(draft.trim()) === false) return false
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
      setDraft(null)
    }
  }
  return (
    <textarea
      {...field}
      ref={element}
      rows={1}
      value={text}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={(event) => {
        commit()
        field.onBlur?.(event)
      }}
      onKeyDown={press}
    />
  )
}
