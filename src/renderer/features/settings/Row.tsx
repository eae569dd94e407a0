import { Snippet } from '../../ui/Marked.tsx'
import { isFoundByAlso, pieces } from './found.ts'
import type { SettingRow } from './section.ts'
import { WORDS } from './words.ts'

/** A setting: what it is called, what it means, and what it is set to. What was looked for is marked. */
export function Row({ row, query }: { row: SettingRow; query: string }) {
  const { label, note, also = '', sample, control, problem, below, isAuthored, isSlim } = row
  return (
    <li className={isSlim ? 'setting is-slim' : 'setting'} data-setting={row.id}>
      <div className="setting-line">
        <div className="setting-words">
          <b className={isAuthored ? 'authored' : undefined}>
            <Snippet pieces={pieces(label, query)} />
          </b>
          {sample}
          {note !== undefined && (
            <small>
              <Snippet pieces={pieces(note, query)} />
            </small>
          )}
          {!isSlim && isFoundByAlso(row, query) && (
            <small>
              <Snippet pieces={pieces(WORDS.alsoCalled(also), query)} />
            </small>
          )}
          {problem && (
            <small className="setting-problem" role="status">
              {problem}
            </small>
          )}
        </div>
        {control && <div className="setting-control">{control}</div>}
      </div>
      {below}
    </li>
  )
}
