import { Act } from '../../ui/Act.tsx'
import { Pips } from './Fork.tsx'
import { LogText } from './LogText.tsx'
import type { ReviewDraft } from './review-draft.ts'
import type { Commitment } from './use-commitment.ts'
import { WORDS } from './words.ts'

type PartProps = { commitment: Commitment; draft: ReviewDraft; onChange: (change: Partial<ReviewDraft>) => void }

/** Whether what was seen is a mark for proceeding, for pivoting, or neither. */
export function ReviewTowards({ commitment: { id, facts, reading }, draft, onChange }: PartProps) {
  const sides = [
    { is: 'proceed', title: WORDS.proceedIf, text: facts.proceedIf, wanted: facts.proceedMarks },
    { is: 'pivot', title: WORDS.pivotIf, text: facts.pivotIf, wanted: facts.pivotMarks },
  ] as const
  return (
    <section className="cm-step" aria-labelledby={`towards-${id}`}>
      <h2 id={`towards-${id}`} className="part-head">
        {WORDS.countsEither}
      </h2>
      <div className="cm-towards">
        {sides.map(({ is, title, text, wanted }) => {
          const done = reading.marks[is]
          const isOn = draft.towards === is
          return (
            <section key={is} aria-label={title}>
              <h3>{title}</h3>
              <p>{text === '' ? WORDS.notWrittenDown : <LogText text={text} onFollow={null} />}</p>
              <div className="cm-tally">
                <Pips done={done} wanted={wanted} adds={isOn} />
                <span className={isOn ? 'is-new' : ''}>{isOn ? WORDS.thisMakes(done + 1) : WORDS.soFar(done)}</span>
                <Act
                  text={isOn ? WORDS.notThisOne : WORDS.thisOne}
                  label={`${isOn ? WORDS.notThisOne : WORDS.thisOne}: ${title.toLowerCase()}`}
                  onClick={() => onChange({ towards: isOn ? null : is })}
                />
              </div>
            </section>
          )
        })}
      </div>
    </section>
  )
}
