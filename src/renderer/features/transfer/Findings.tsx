import { ChevronRight, type LucideIcon } from 'lucide-react'
import { Icon } from '../../ui/Icon.tsx'
import { WORDS } from './words.ts'
import './transfer.css'

export type Finding = {
  readonly icon: LucideIcon
  readonly text: string
  readonly files: readonly { readonly path: string; readonly reason: string }[]
  /** Where it can be decided. */
  readonly act?: { readonly label: string; readonly run: () => void }
}

const NAMED = 200

/** What wants a look, each with the files it is about. */
export function Findings({ findings }: { findings: readonly Finding[] }) {
  const some = findings.filter(({ files }) => files.length > 0)
  if (some.length === 0) return null
  return (
    <ul className="findings">
      {some.map(({ icon, text, files, act }) => (
        <li key={text} className="finding">
          <Icon of={icon} />
          <details>
            <summary>
              {text}
              <Icon of={ChevronRight} size={14} />
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
            <ul className="finding-files" tabIndex={0}>
              {files.slice(0, NAMED).map(({ path, reason }) => (
                <li key={path}>
                  <span className="finding-path">{path}</span> {reason}
                </li>
              ))}
              {files.length > NAMED && <li>{WORDS.more(files.length - NAMED)}</li>}
            </ul>
          </details>
          {act && (
            <button type="button" className="finding-act" aria-label={WORDS.about(act.label, text)} onClick={act.run}>
              {act.label}
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}

/** Counts as a row of numerals (DESIGN 12). */
export function Tally({ cells }: { cells: readonly (readonly [value: string, label: string])[] }) {
  return (
    <dl className="tally">
      {cells.map(([value, label]) => (
        <div key={label}>
          <dd>{value}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  )
}
