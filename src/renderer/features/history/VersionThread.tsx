import { type KeyboardEvent, type RefObject, useEffect, useId } from 'react'
import { NOW } from '../../state/history.ts'
import { clockLabel, dayOf } from '../../ui/dates.ts'
import { capital } from './moments.ts'
import type { ThreadGroup } from './thread.ts'
import { WORDS } from './words.ts'

type VersionThreadProps = {
  ref: RefObject<HTMLDivElement | null>
  /** Id of a version, or `NOW`. */
  chosen: string
  /** When the note was last changed, ms since 1970. */
  updated: number
  groups: readonly ThreadGroup[]
  onChoose: (version: string) => void
  onRead: () => void
  onName: () => void
}

/** A thread of dots: a ring is now, a flag is named (DESIGN 12). Walked with arrows; Enter reads, F2 names. */
export function VersionThread({ ref, chosen, updated, groups, onChoose, onRead, onName }: VersionThreadProps) {
  const base = useId()
  const now = new Date()
  const today = capital(dayOf(now.getTime(), now))
  const isChangedToday = dayOf(updated, now) === 'today'
  const order = [NOW, ...groups.flatMap(({ entries }) => entries.map(({ version }) => version.id))]
  const at = order.indexOf(chosen)
  const optionId = (version: string) => `${base}${version}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: `base` is of this thread
  useEffect(() => document.getElementById(`${base}${chosen}`)?.scrollIntoView({ block: 'nearest' }), [chosen])

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: order.length - 1 }
    const next = steps[event.key]
    if (next !== undefined) {
      const version = order[Math.min(order.length - 1, Math.max(0, next))]
      if (version !== undefined && version !== chosen) onChoose(version)
    } else if (event.key === 'Enter' && chosen !== NOW) onRead()
    else if (event.key === 'F2') onName()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const option = (id: string, mark: 'now' | 'named' | 'dot', label: string, line: string) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and says which is active
    <div
      key={id}
      id={optionId(id)}
      role="option"
      className="version"
      aria-selected={id === chosen}
      onClick={() => onChoose(id)}
      onDoubleClick={id === NOW ? undefined : onRead}
    >
      <Mark is={mark} />
      <b>{label}</b>
      <small>{line}</small>
    </div>
  )
  const here = option(
    NOW,
    'now',
    WORDS.now(isChangedToday ? clockLabel(updated) : capital(dayOf(updated, now))),
    WORDS.thisComputer,
  )
  const hasToday = groups[0]?.heading === today
  const shown = hasToday ? groups : [{ heading: today, entries: [] }, ...groups]
  return (
    <div
      ref={ref}
      className="version-thread"
      role="listbox"
      tabIndex={0}
      aria-label={WORDS.list}
      aria-activedescendant={at < 0 ? undefined : optionId(chosen)}
      data-pane-focus
      onKeyDown={onKeyDown}
    >
      {shown.map(({ heading, entries }, index) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, which a fieldset is not
        // biome-ignore lint/suspicious/noArrayIndexKey: a day may head two groups, after the clock was set back
        <div key={`${heading} ${index}`} role="group" aria-label={heading}>
          <div className="version-day" aria-hidden="true">
            {heading}
          </div>
          {index === 0 && here}
          {entries.map(({ version, label, line }) =>
            option(version.id, version.name === null ? 'dot' : 'named', label, line),
          )}
        </div>
      ))}
    </div>
  )
}

const SHAPES = {
  now: <circle cx="6" cy="6" r="2.9" fill="none" stroke="currentColor" strokeWidth="1.25" />,
  named: <path d="M3 1h6v10L6 8.4 3 11z" />,
  dot: <circle cx="6" cy="6" r="3.5" />,
} as const

function Mark({ is }: { is: keyof typeof SHAPES }) {
  return (
    <svg className={`version-mark is-${is}`} viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
      {SHAPES[is]}
    </svg>
  )
}
