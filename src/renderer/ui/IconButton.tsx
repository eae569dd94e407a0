import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import './button.css'
import { Icon } from './Icon.tsx'
import { Tooltip } from './Tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<'button'>, 'children' | 'disabled'> & {
  icon: LucideIcon
  label: string
  /** Shown beside the label in the tooltip, as people write it. */
  keys?: string
  isDisabled?: boolean
}

/** Its label is its name and its tooltip. */
export function IconButton({ icon, label, keys, isDisabled = false, onClick, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} keys={keys}>
      <button
        type="button"
        {...rest}
        className={`icon-button ${rest.className ?? ''}`}
        aria-label={label}
        aria-disabled={isDisabled || undefined}
        onClick={isDisabled ? undefined : onClick}
      >
        <Icon of={icon} />
      </button>
    </Tooltip>
  )
}
