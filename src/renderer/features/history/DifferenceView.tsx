import { memo, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Block, Change } from '../../../core/history/difference.ts'
import { Blocks } from '../../ui/blocks/Blocks.tsx'
import { dayOf } from '../../ui/dates.ts'
import { attempt } from '../note-actions/index.ts'
import { restoring } from './actions.ts'
import { type Past, useAuthorship } from './use-history.ts'
import { sameWords, WORDS } from './words.ts'

type Compared = Extract<Past, { is: 'compare' }>

type Restored = Exclude<Change['change'], 'same'>

type DifferenceProps = { id: NoteId; past: Compared; title: string }

/** A note as it is now, with what changed since a version (DESIGN 12, "Difference"). */
export const DifferenceView = memo(function DifferenceView({ id, past, title }: DifferenceProps) {
  const { difference, docHash, version } = past
  const authorship = useAuthorship(id)
  const [busy, setBusy] = useState<string | null>(null)
  const now = new Date()
  const restore = (change: Restored, index: number) => {
    // The passage is of this state only: a second click, before the page has followed, is none.
    if (busy === docHash) return
    setBusy(docHash)
    attempt(() =>
      restoring(id, WORDS.passageRestored[change], (vault) =>
        vault.call('restorePassage', { id, version, docHash, change: index }),
      ).catch((error: unknown) => {
        setBusy(null)
        throw error
      }),
    )
  }
  return (
    <Difference
      difference={difference}
      title={title}
      same={WORDS.theSame}
      key={version}
      writtenOn={(change) => writtenOn(change, authorship, now)}
      act={(change, index) =>
        change.change !== 'same' && (
          <button type="button" className="text-button" onClick={() => restore(change.change as Restored, index)}>
            {WORDS.restoreChange[change.change]}
          </button>
        )
      }
    />
  )
})

type DifferenceBodyProps = {
  difference: Compared['difference']
  title: string
  /** Said where nothing changed. */
  same: string
  writtenOn?: (change: Change) => string | null
  /** What can be done with a changed passage, at its edge. */
  act?: (change: Change, index: number) => React.ReactNode
}

/** What is otherwise in a note than in another state of it, or in another note. */
export function Difference({ difference, title, same, writtenOn, act }: DifferenceBodyProps) {
  const isSame = difference.title === null && difference.changes.every(({ change }) => change === 'same')
  return (
    <article className="history-doc">
      <h1 className="blocks-title">
        {difference.title === null ? (
          title
        ) : (
          <>
            <del>{difference.title.before}</del> <ins>{difference.title.after}</ins>
          </>
        )}
      </h1>
      {isSame && <p className="history-say">{same}</p>}
      {difference.changes.map((change, index) =>
        change.change === 'same' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a change is known by its place, as to the vault
          <Same key={index} blocks={change.blocks} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          <Changed key={index} change={change} written={writtenOn?.(change) ?? null}>
            {act?.(change, index)}
          </Changed>
        ),
      )}
    </article>
  )
}

/** Approximate: passages are dated by the versions between which they appeared. */
function writtenOn({ change, after }: Change, authorship: ReturnType<typeof useAuthorship>, now: Date): string | null {
  if (after === null || change === 'moved') return null
  const { from = null, to = null } = authorship[after] ?? {}
  // No version holds it yet: then it is known only where the last one that did not is of today.
  const day = to !== null ? dayOf(to, now) : from !== null && dayOf(from, now) === 'today' ? 'today' : null
  return day === null ? null : WORDS.about(day)
}

type ChangedProps = { change: Change; written: string | null; children: React.ReactNode }

function Changed({ change, written, children }: ChangedProps) {
  const name = nameOf(change)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a passage with its margin, which no element of forms is
    <div className={`change is-${change.change}`} role="group" aria-label={name}>
      <div className="change-edge">
        <b aria-hidden="true">{name}</b>
        {change.change === 'moved' && change.movedFrom !== undefined && (
          <span>{WORDS.movedFrom(change.movedFrom)}</span>
        )}
        {written !== null && <span>{written}</span>}
        {children}
      </div>
      <div className="change-body blocks">
        <Blocks blocks={markedWhole(change)} />
      </div>
    </div>
  )
}

function nameOf({ change, before, after }: Change): string {
  if (change === 'same') return ''
  if (change !== 'moved' || before === null || after === null || before === after) return WORDS.change[change]
  return after < before ? WORDS.movedUp : WORDS.movedDown
}

/** A passage that came or went as a whole is marked so in every word. */
function markedWhole({ change, blocks }: Change): readonly Block[] {
  if (change !== 'added' && change !== 'removed') return blocks
  return blocks.map((block) => ({ ...block, pieces: block.pieces.map((piece) => ({ ...piece, change })) }))
}

/** What did not change, in a sentence; it unfolds to be read. */
function Same({ blocks }: { blocks: readonly Block[] }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="change is-same">
      <div className="change-body blocks">
        <button type="button" className="change-fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {sameWords(blocks.map(({ is }) => is))}
        </button>
        {isOpen && <Blocks blocks={blocks} />}
      </div>
    </div>
  )
}
