import type { ComponentProps, ReactNode } from 'react'
import './button.css'

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  look?: 'primary' | 'secondary' | 'ghost'
  /** Stays in the order of focus, so that its reason can be read. */
  isDisabled?: boolean
  isBusy?: boolean
  children: ReactNode
}

export function Button({
  look = 'secondary',
  isDisabled = false,
  isBusy = false,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={look === 'secondary' ? 'button' : `button is-${look}`}
      aria-disabled={isDisabled || undefined}
      aria-busy={isBusy || undefined}
      onClick={(event) => {
        if (isDisabled || isBusy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {isBusy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}
