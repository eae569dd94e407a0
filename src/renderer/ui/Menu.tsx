import { Check, ChevronRight, type LucideIcon } from 'lucide-react'
import { ContextMenu, DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import { type GlyphKind, KindGlyph } from './KindGlyph.tsx'
import './menu.css'

export type MenuEntry =
  | {
      readonly is: 'item'
      readonly label: string
      readonly run: () => void
      readonly icon?: LucideIcon
      readonly kind?: GlyphKind
      /** At the right: a shortcut or a count. */
      readonly hint?: string
      /** A second line in smaller letters. */
      readonly detail?: string
      readonly isDisabled?: boolean
    }
  | {
      readonly is: 'choice'
      readonly label: string
      readonly isChosen: boolean
      readonly run: () => void
      /** Stands where the tick would, which then stands at the right. */
      readonly kind?: GlyphKind
      readonly hint?: string
      readonly detail?: string
    }
  | { readonly is: 'sub'; readonly label: string; readonly icon?: LucideIcon; readonly entries: readonly MenuEntry[] }
  | { readonly is: 'label'; readonly label: string }
  | { readonly is: 'line' }

// Radix locks the page's scrolling by a style element, which the CSP refuses: so no menu is modal.

/**
 * A menu that opens from its trigger. `label` names it for readers. `onClosed` takes the focus back to where it
 * belongs, if not to the trigger; `isOpen` is for those that open it themselves.
 */
export function Menu({
  trigger,
  entries,
  label,
  align = 'start',
  side = 'bottom',
  isOpen,
  onOpen,
  onClosed,
}: {
  trigger: ReactElement
  entries: readonly MenuEntry[]
  label: string
  align?: 'start' | 'end'
  side?: 'bottom' | 'right'
  isOpen?: boolean
  onOpen?: (isOpen: boolean) => void
  /** Where the focus goes then: to the trigger, unless the event is prevented. */
  onClosed?: (event: Event) => void
}) {
  return (
    <DropdownMenu.Root
      modal={false}
      {...(isOpen !== undefined && { open: isOpen })}
      {...(onOpen && { onOpenChange: onOpen })}
    >
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          {...(onClosed && { onCloseAutoFocus: onClosed })}
          loop
        >
          {entries.map((entry, at) => (
            <Entry key={entryKey(entry, at)} entry={entry} as={DropdownMenu} />
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** The same by right click, or by the menu key on what has the focus. */
export function MenuAtPointer({
  entries,
  label,
  children,
}: {
  entries: readonly MenuEntry[]
  label: string
  children: ReactNode
}) {
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild>{children}</ContextMenu.Trigger>
      <ContextMenu.Portal>
        <ContextMenu.Content className="menu" collisionPadding={8} aria-label={label} loop>
          {entries.map((entry, at) => (
            <Entry key={entryKey(entry, at)} entry={entry} as={ContextMenu} />
          ))}
        </ContextMenu.Content>
      </ContextMenu.Portal>
    </ContextMenu.Root>
  )
}

const entryKey = (entry: MenuEntry, at: number) => (entry.is === 'line' ? `line-${at}` : `${entry.is}-${entry.label}`)

type Names = 'Item' | 'CheckboxItem' | 'Label' | 'Separator' | 'Sub' | 'SubTrigger' | 'SubContent' | 'Portal'
type Parts = Pick<typeof DropdownMenu, Names> | Pick<typeof ContextMenu, Names>

function Entry({ entry, as: Part }: { entry: MenuEntry; as: Parts }) {
  switch (entry.is) {
    case 'line':
      return <Part.Separator className="menu-line" />
    case 'label':
      return <Part.Label className="menu-label">{entry.label}</Part.Label>
    case 'sub':
      return (
        <Part.Sub>
          <Part.SubTrigger className="menu-item">
            {entry.icon ? <Icon of={entry.icon} size={14} /> : <span />}
            <span className="clip">{entry.label}</span>
            <Icon of={ChevronRight} size={14} />
          </Part.SubTrigger>
          <Part.Portal>
            <Part.SubContent className="menu" collisionPadding={8} aria-label={entry.label} loop>
              {entry.entries.map((each, at) => (
                <Entry key={entryKey(each, at)} entry={each} as={Part} />
              ))}
            </Part.SubContent>
          </Part.Portal>
        </Part.Sub>
      )
    case 'choice':
      return (
        <Part.CheckboxItem className="menu-item" checked={entry.isChosen} onSelect={entry.run}>
          {entry.kind ? <KindGlyph kind={entry.kind} /> : entry.isChosen ? <Icon of={Check} size={14} /> : <span />}
          <span className={entry.isChosen ? 'clip is-current' : 'clip'}>{entry.label}</span>
          <small className="num">{entry.kind && entry.isChosen ? <Icon of={Check} size={14} /> : entry.hint}</small>
          {entry.detail && <span className="menu-sub">{entry.detail}</span>}
        </Part.CheckboxItem>
      )
    case 'item':
      return (
        <Part.Item className="menu-item" disabled={entry.isDisabled ?? false} onSelect={entry.run}>
          {entry.icon ? <Icon of={entry.icon} size={14} /> : entry.kind ? <KindGlyph kind={entry.kind} /> : <span />}
          <span className="clip">{entry.label}</span>
          <small className="num">{entry.hint}</small>
          {entry.detail && <span className="menu-sub">{entry.detail}</span>}
        </Part.Item>
      )
  }
}
