import type { ComponentProps } from 'react'
import './line-field.css'

type LineFieldProps = Omit<ComponentProps<'textarea'>, 'onChange' | 'rows' | 'onSubmit'> & {
  value: string
  onText: (text: string) => void
  /** Enter. Without it Enter does nothing: what goes into a log is one line. */
  onEnter?: () => void
}

/** Words on one line of a log, however long they are: as high as they need. */
export function LineField({ value, onText, onEnter, className = '', onKeyDown, ...field }: LineFieldProps) {
  return (
    <textarea
      {...field}
      className={`line-field ${className}`}
      rows={1}
      value={value}
      onChange={(event) => onText(event.target.value.replace(/[\r\n]+/g, ' '))}
      onKeyDown={(event) => {
        onKeyDown?.(event)
        if (event.defaultPrevented || event.nativeEvent.isComposing || event.key !== 'Enter') return
        event.preventDefault()
        onEnter?.()
      }}
    />
  )
}
