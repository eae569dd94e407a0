import { ArrowDown, CornerDownRight, type LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { DraftField } from '../../ui/DraftField.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { STATUS_OUTLINE } from '../../ui/StatusGlyph.tsx'
import { setFact } from './facts.ts'
import { type FollowFromLog, LogText } from './LogText.tsx'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'
import './line-field.css'
import './fork.css'

type ForkProps = { commitment: Commitment; isLive: boolean; onFollow: FollowFromLog }

/** What would be seen, written beforehand: proceeding goes straight on, pivoting turns off. */
export function Fork({ commitment, isLive, onFollow }: ForkProps) {
  const { facts, reading } = commitment
  const isOpen = reading.status !== 'considering'
  const isClosed = isOpen && reading.status !== 'in progress'
  return (
    <div className="cm-fork">
      <span className="fork-thread">
        <svg viewBox="0 0 12 14" width="12" height="14" aria-hidden="true">
          <path
            d={STATUS_OUTLINE}
            transform="translate(0 1)"
            fill={isOpen ? 'var(--commit)' : 'var(--paper)'}
            stroke="var(--commit)"
            strokeWidth="1.3"
            strokeDasharray={isOpen ? undefined : '1.9 1.5'}
          />
        </svg>
      </span>
      <Prong
        commitment={commitment}
        isLive={isLive}
        onFollow={onFollow}
        icon={ArrowDown}
        title={WORDS.proceedIf}
        question={isClosed ? WORDS.notWrittenDown : WORDS.proceedQuestion}
        text={facts.proceedIf}
        fact="proceed_if"
        marks={{ done: reading.marks.proceed, wanted: facts.proceedMarks, fact: 'proceed_marks' }}
      />
      <Prong
        commitment={commitment}
        isLive={isLive}
        onFollow={onFollow}
        icon={CornerDownRight}
        title={WORDS.pivotIf}
        question={isClosed ? WORDS.notWrittenDown : WORDS.pivotQuestion}
        text={facts.pivotIf}
        fact="pivot_if"
        marks={{ done: reading.marks.pivot, wanted: facts.pivotMarks, fact: 'pivot_marks' }}
      />
    </div>
  )
}

type ProngProps = ForkProps & {
  icon: LucideIcon
  title: string
  question: string
  text: string
  fact: string
  marks: { done: number; wanted: number; fact: string }
}

function Prong({
  commitment: { note, reading },
  isLive,
  onFollow,
  icon,
  title,
  question,
  text,
  fact,
  marks,
}: ProngProps) {
  const [isWriting, setWriting] = useState(false)
  const isDrawn = text !== '' && !isWriting && hasMarkup(text)
  return (
    <section className="cm-prong" aria-label={title}>
      <h3>
        <Icon of={icon} />
        {title}
      </h3>
      {isDrawn ? (
        <p className="prong-text">
          <LogText text={text} onFollow={onFollow} />{' '}
          {isLive && (
            <button
              type="button"
              className="text-button act"
              aria-label={WORDS.editIt(title)}
              onClick={() => setWriting(true)}
            >
              {WORDS.edit}
            </button>
          )}
        </p>
      ) : (
        <DraftField
          className="prong-text"
          aria-label={title}
          placeholder={question}
          value={text}
          readOnly={!isLive}
          autoFocus={isWriting}
          spellCheck
          onBlur={() => setWriting(false)}
          onCommit={(words) => {
            setFact(note, fact, words.replace(/\s+/g, ' '))
            return true
          }}
        />
      )}
      {text !== '' && (
        <Tally
          key={marks.fact}
          title={title}
          {...marks}
          isOpen={reading.status !== 'considering'}
          isLive={isLive}
          onWanted={(wanted) => setFact(note, marks.fact, wanted)}
        />
      )}
    </section>
  )
}

/** Links and looks are drawn; everything else is edited where it stands. */
const hasMarkup = (text: string): boolean => /[[*_`~=<\\]/.test(text)

const MOST_PIPS = 20

type TallyProps = {
  title: string
  done: number
  wanted: number
  isOpen: boolean
  isLive: boolean
  onWanted: (wanted: number) => void
}

/** How many marks there are of how many are wanted, which is typed. */
function Tally({ title, done, wanted, isOpen, isLive, onWanted }: TallyProps) {
  const [isTyping, setTyping] = useState(false)
  const said = WORDS.marks(done)
  const field = (
    <span className="tally-wanted">
      <span>{WORDS.marksWanted}</span>
      <DraftField
        className="line-field num"
        inputMode="numeric"
        aria-label={WORDS.marksLabel(title)}
        placeholder=" "
        value={wanted === 0 ? '' : String(wanted)}
        readOnly={!isLive}
        autoFocus={isTyping}
        onBlur={() => setTyping(false)}
        onNext={() => setTyping(false)}
        onCommit={(text) => {
          const count = text === '' ? 0 : Number(text)
          if (!Number.isInteger(count) || count < 0 || count > 999) return false
          onWanted(count)
          return true
        }}
      />
    </span>
  )
  if (!isOpen && done === 0) return <div className="cm-tally">{field}</div>
  return (
    <div className="cm-tally">
      <Pips done={done} wanted={wanted} />
      {isTyping ? (
        field
      ) : isLive ? (
        <button
          type="button"
          className="tally-said"
          aria-label={WORDS.changeMarks(title, wanted === 0 ? said : WORDS.marksOf(done, wanted))}
          onClick={() => setTyping(true)}
        >
          {said}
        </button>
      ) : (
        <span>{said}</span>
      )}
    </div>
  )
}

/** Marks on a row: those that are there, then those that are wanted. `last` is one that would be added. */
export function Pips({ done, wanted, adds = false }: { done: number; wanted: number; adds?: boolean }) {
  const filled = done + (adds ? 1 : 0)
  const count = Math.min(Math.max(filled, wanted), MOST_PIPS)
  if (count === 0) return null
  return (
    <span className="cm-pips" aria-hidden="true">
      {Array.from({ length: count }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a mark is known by its place
        <i key={at} className={at < done ? 'is-on' : at < filled ? 'is-new' : ''} />
      ))}
    </span>
  )
}
