import type { Block } from '../../../core/history/difference.ts'
import { groupBlocks } from './block-groups.ts'
import { Pieces } from './Pieces.tsx'
import { placed } from './placed.ts'
import { readTable, type Table } from './table.ts'
import './blocks.css'

/** Deeper ones stand as far in as this one. */
const DEEPEST = 6

/** Passages of a note to read: as they were, or with what was added and removed. */
export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  return placed(groupBlocks(blocks)).map(({ at, item: { is, blocks: group } }) => {
    if (is === 'list') return <Items key={at} items={group} />
    if (is === 'properties') return <Properties key={at} items={group} />
    return group.map((block) => <One key={at} block={block} />)
  })
}

function One({ block }: { block: Block }) {
  const { is, level, pieces, mark } = block
  switch (is) {
    case 'heading':
      return <Heading block={block} />
    case 'quote':
      return (
        <blockquote className="blocks-quote" data-depth={Math.min(level, DEEPEST)}>
          <Pieces pieces={pieces} />
        </blockquote>
      )
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
        <pre className="blocks-code" data-language={mark === '' ? undefined : mark} tabIndex={0}>
          <Pieces pieces={pieces} />
        </pre>
      )
    case 'rule':
      return <hr className="blocks-rule" />
    case 'verbatim': {
      const table = readTable(pieces)
      if (table) return <TableOf table={table} />
      return (
        <pre className="blocks-verbatim">
          <Pieces pieces={pieces} />
        </pre>
      )
    }
    case 'paragraph':
    case 'item':
    case 'property':
      return (
        <p className="blocks-p">
          <Pieces pieces={pieces} />
        </p>
      )
  }
}

/** The first level is the note's own title. */
function Heading({ block }: { block: Block }) {
  const Tag = `h${Math.min(Math.max(block.level, 2), 6)}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6'
  return (
    <Tag className={`blocks-heading is-${block.level}`}>
      <Pieces pieces={block.pieces} />
    </Tag>
  )
}

const TASKS: Readonly<Record<string, string>> = { '[ ]': 'to do', '[x]': 'done' }

function Items({ items }: { items: readonly Block[] }) {
  return (
    <ul className="blocks-list">
      {placed(items).map(({ at, item: { level, mark, pieces } }) => (
        <li key={at} data-depth={Math.min(level, DEEPEST)}>
          {mark in TASKS ? (
            <span className="blocks-mark is-task" data-done={mark === '[x]' || undefined}>
              <span className="sr-only">{TASKS[mark]}: </span>
            </span>
          ) : (
            <span className="blocks-mark num">{mark}</span>
          )}
          <span>
            <Pieces pieces={pieces} />
          </span>
        </li>
      ))}
    </ul>
  )
}

function Properties({ items }: { items: readonly Block[] }) {
  return (
    <dl className="blocks-properties">
      {placed(items).map(({ at, item: { mark, pieces } }) => (
        <div key={at}>
          <dt>{mark}</dt>
          <dd>
            <Pieces pieces={pieces} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function TableOf({ table: { head, rows } }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard
    // biome-ignore lint/a11y/useSemanticElements: no fieldset, and a region for each table would be one too many
    <div className="blocks-table" tabIndex={0} role="group" aria-label={TABLE}>
      <table>
        <thead>
          {placed(head).map(({ at: row, item: cells }) => (
            <tr key={row}>
              {placed(cells).map(({ at: column, item: cell }) => (
                <th key={column} scope="col">
                  <Pieces pieces={cell} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {placed(rows).map(({ at: row, item: cells }) => (
            <tr key={row}>
              {placed(cells).map(({ at: column, item: cell }) => (
                <td key={column}>
                  <Pieces pieces={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const TABLE = 'Table'
