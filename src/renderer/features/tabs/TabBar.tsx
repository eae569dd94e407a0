import { ArrowLeft, ArrowRight, PanelLeft, PanelRight, Plus, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useStatus } from '../../platform/ledger.ts'
import { isDocked, togglePane, useLayout } from '../../state/layout.ts'
import { showOverlay } from '../../state/overlay.ts'
import {
  activateTab,
  activeNote,
  activeTab,
  closeOtherTabs,
  closeTab,
  goBack,
  goForward,
  moveTab,
  newTab,
  type Tab,
  useTabs,
} from '../../state/tabs.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { MenuAtPointer } from '../../ui/Menu.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { keyLabel, openWindow } from '../commands/index.ts'
import { withStatus } from '../kinds/index.ts'
import { useTabTitle } from './tab-title.ts'
import { WORDS } from './words.ts'
import './tabs.css'

/** The row over the text: tabs, and what a hidden pane leaves behind. */
export function TabBar() {
  const { tabs, activeId } = useTabs()
  const layout = useLayout()
  const tab = useTabs(activeTab)
  const hasNote = useTabs((state) => activeNote(state) !== null)
  return (
    <div className="bar tab-bar" data-pane="tabs">
      {!isDocked(layout, 'navigator') && (
        <IconButton
          icon={PanelLeft}
          label={WORDS.showNavigator}
          keys={keyLabel('view.navigator')}
          onClick={() => togglePane('navigator')}
        />
      )}
      {/* Owns its tabs from beside them: their close controls may not be its children. */}
      <div role="tablist" aria-label={WORDS.tabs} aria-owns={tabs.map((each) => `${each.id}-tab`).join(' ')} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys of the tabs in it */}
      <div className="tabs" onKeyDown={onTabKey}>
        {tabs.map((each, at) => (
          <TabItem key={each.id} tab={each} at={at} count={tabs.length} isActive={each.id === activeId} />
        ))}
      </div>
      <IconButton icon={Plus} label={WORDS.newTab} keys={keyLabel('tab.new')} onClick={newTab} />
      <span className="bar-space" />
      {layout.breadth !== 'slim' && (
        <div className="tab-history">
          <IconButton
            icon={ArrowLeft}
            label={WORDS.back}
            keys={keyLabel('go.back')}
            isDisabled={tab.back.length === 0}
            onClick={goBack}
          />
          <IconButton
            icon={ArrowRight}
            label={WORDS.forward}
            keys={keyLabel('go.forward')}
            isDisabled={tab.forward.length === 0}
            onClick={goForward}
          />
        </div>
      )}
      {!isDocked(layout, 'navigator') && (
        <IconButton
          icon={Search}
          label={WORDS.search}
          keys={keyLabel('go.jump')}
          onClick={() => showOverlay({ is: 'jump' })}
        />
      )}
      {layout.breadth === 'slim' && hasNote && (
        <IconButton
          icon={PanelRight}
          label={WORDS.showContext}
          keys={keyLabel('view.context')}
          onClick={() => togglePane('context')}
        />
      )}
    </div>
  )
}

function onTabKey(event: KeyboardEvent): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')]
  const at = tabs.indexOf(event.target as HTMLElement)
  if (at < 0) return
  const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key]
  if (next !== undefined) {
    event.preventDefault()
    tabs[(next + tabs.length) % tabs.length]?.focus()
  }
}

function TabItem({ tab, at, count, isActive }: { tab: Tab; at: number; count: number; isActive: boolean }) {
  const { text, isAuthored, glyph, kind, isGone } = useTabTitle(tab.place)
  const known = useStatus(tab.place.at === 'note' ? tab.place.id : '')
  const status = glyph === 'commitment' ? known : null
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [isActive])
  return (
    <MenuAtPointer
      label={WORDS.menu}
      entries={[
        { is: 'item', label: WORDS.close(text), run: () => closeTab(tab.id) },
        { is: 'item', label: WORDS.closeOthers, isDisabled: count < 2, run: () => closeOtherTabs(tab.id) },
        { is: 'item', label: WORDS.toWindow, run: () => openWindow(tab.place) },
        { is: 'line' },
        { is: 'item', label: WORDS.moveLeft, isDisabled: at === 0, run: () => moveTab(tab.id, at - 1) },
        { is: 'item', label: WORDS.moveRight, isDisabled: at === count - 1, run: () => moveTab(tab.id, at + 1) },
      ]}
    >
      {/* The close control is beside the tab, not in it: a tab holds no other control. */}
      <div className={isActive ? 'tab is-active' : 'tab'} ref={ref}>
        <button
          type="button"
          id={`${tab.id}-tab`}
          className="tab-button"
          role="tab"
          aria-selected={isActive}
          aria-label={kind === null ? text : `${text}, ${withStatus(kind, status)}`}
          tabIndex={isActive ? 0 : -1}
          title={text}
          onClick={() => activateTab(tab.id)}
          onAuxClick={(event) => {
            if (event.button === 1) closeTab(tab.id)
          }}
          onKeyDown={(event) => {
            if (event.key === 'Delete') closeTab(tab.id)
          }}
        >
          {status ? (
            <StatusGlyph status={status} />
          ) : typeof glyph === 'string' ? (
            <KindGlyph kind={glyph} />
          ) : (
            <Icon of={glyph} />
          )}
          <span className={`clip${isAuthored ? ' authored' : ''}${isGone ? ' is-gone' : ''}`}>{text}</span>
        </button>
        <button
          type="button"
          className="tab-close"
          aria-label={WORDS.close(text)}
          tabIndex={isActive ? 0 : -1}
          onClick={() => closeTab(tab.id)}
        >
          <Icon of={X} />
        </button>
      </div>
    </MenuAtPointer>
  )
}
