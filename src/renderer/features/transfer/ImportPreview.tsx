import { Copy, FileQuestion, FileText, FileX2, Shapes, X } from 'lucide-react'
import { type Mapping, RELATION_CHOICES } from '../../../core/import/mapping.ts'
import { KINDS, type Kind } from '../../../core/note/note.ts'
import type { ImportPreview as Preview } from '../../../ipc/app-contract.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import { Findings, Tally } from './Findings.tsx'
import {
  KIND_WORDS,
  relationLabel,
  ruleLabel,
  IMPORT_WORDS as W,
  withKind,
  withoutRule,
  withRule,
  withWord,
} from './import-words.ts'
import { WORDS } from './words.ts'
import './import.css'

type Props = {
  readonly preview: Preview
  readonly isCounting: boolean
  readonly onMapping: (mapping: Mapping) => void
  readonly isKept: boolean
  readonly onKept: (isKept: boolean) => void
  readonly isAgain: boolean
  readonly onAgain: (isAgain: boolean) => void
}

/** What the folder holds, what of it becomes what, what stays text and what is worth knowing (PRODUCT). */
export function ImportPreview({ preview, isCounting, onMapping, isKept, onKept, isAgain, onAgain }: Props) {
  const { stays, sample } = preview
  const texts = (Object.keys(W.stays) as (keyof typeof stays)[]).filter((what) => stays[what] > 0)
  const named = (paths: readonly string[]) => paths.map((path) => ({ path, reason: '' }))
  return (
    <div className="import-preview" aria-busy={isCounting}>
      <Tally
        cells={[
          [preview.notes.toLocaleString(), W.cells.notes],
          [preview.links.toLocaleString(), W.cells.links(preview.unresolved)],
          [preview.attachments.toLocaleString(), W.cells.attachments(sizeLabel(preview.bytes))],
          [preview.tags.toLocaleString(), W.cells.tags],
          [(preview.words.length + preview.plain).toLocaleString(), W.cells.words],
        ]}
      />
      <div className="import-columns">
        <Rules preview={preview} onMapping={onMapping} />
        <Words preview={preview} onMapping={onMapping} />
      </div>
      <p className="import-say">{W.beside}</p>
      {preview.again.length > 0 && (
        <label className="import-step">
          <input type="checkbox" checked={isAgain} onChange={(event) => onAgain(event.currentTarget.checked)} />
          <span>
            {W.again(preview.again)}
            <small className="import-say"> {W.againText}</small>
          </span>
        </label>
      )}
      {preview.isFolder && (
        <label className="import-step">
          <input type="checkbox" checked={isKept} onChange={(event) => onKept(event.currentTarget.checked)} />
          <span>
            {W.keepInStep}
            <small className="import-say"> {W.keepInStepText}</small>
          </span>
        </label>
      )}
      {sample && (
        <section className="import-sample">
          <h3>{W.sample}</h3>
          <pre>{sample.head}</pre>
          <p>
            <KindGlyph kind={sample.kind} /> {W.becomes(sample)}
          </p>
        </section>
      )}
      {texts.length > 0 && (
        <section>
          <h3>{W.staysText}</h3>
          <ul className="import-stays">
            {texts.map((what) => {
              const [label, text] = W.stays[what]
              return (
                <li key={what}>
                  {label(stays[what])}
                  <small>{text}</small>
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <section className="import-findings">
        <h3>{W.worthKnowing}</h3>
        <Findings
          findings={[
            { icon: FileQuestion, text: W.ambiguous(preview.ambiguousLinks), files: preview.ambiguous },
            { icon: Shapes, text: W.twice(preview.twice.length), files: named(preview.twice) },
            { icon: FileText, text: W.notText(preview.notText.length), files: named(preview.notText) },
            { icon: Copy, text: W.sameButCase(preview.sameButCase.length), files: named(preview.sameButCase) },
            { icon: FileX2, text: WORDS.leftOut(preview.skipped.length), files: preview.skipped },
          ]}
        />
      </section>
    </div>
  )
}

function Rules({ preview, onMapping }: Pick<Props, 'preview' | 'onMapping'>) {
  const { mapping, rules, rest, said, choices } = preview
  const taken = new Set(mapping.kinds.map(ruleLabel))
  const free = choices.filter((choice) => !taken.has(ruleLabel(choice)))
  return (
    <div>
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{W.foundBy}</th>
            <th scope="col">{W.notes}</th>
            <th scope="col">{W.kind}</th>
          </tr>
        </thead>
        <tbody>
          {mapping.kinds.map((rule, at) => {
            const label = ruleLabel(rule)
            return (
              <tr key={`${rule.by} ${label}`}>
                <th scope="row">{label}</th>
                <td className="num">{(rules[at] ?? 0).toLocaleString()}</td>
                <td>
                  <KindGlyph kind={rule.kind} />
                  <select
                    aria-label={W.kindOf(label)}
                    value={rule.kind}
                    onChange={(event) => onMapping(withKind(mapping, at, event.currentTarget.value as Kind))}
                  >
                    {KINDS.map((kind) => (
                      <option key={kind} value={kind}>
                        {capital(KIND_WORDS[kind].one)}
                      </option>
                    ))}
                  </select>
                  <IconButton icon={X} label={W.remove(label)} onClick={() => onMapping(withoutRule(mapping, at))} />
                </td>
              </tr>
            )
          })}
          {said > 0 && <FixedRow label={W.said} notes={said} />}
          {rest > 0 && <FixedRow label={W.rest} notes={rest} />}
        </tbody>
      </table>
      <p className="import-say">
        {W.firstWins}{' '}
        {free.length > 0 && (
          <select
            aria-label={W.addRule}
            value=""
            onChange={(event) => {
              const choice = free[Number(event.currentTarget.value)]
              if (!choice) return
              const { by, key, value } = choice
              onMapping(withRule(mapping, { by, key, value, kind: 'essay' }))
            }}
          >
            <option value="">{W.addRule}</option>
            {free.map((choice, at) => (
              <option key={ruleLabel(choice)} value={at}>
                {`${ruleLabel(choice)} (${choice.notes.toLocaleString()})`}
              </option>
            ))}
          </select>
        )}
      </p>
    </div>
  )
}

const FixedRow = ({ label, notes }: { label: string; notes: number }) => (
  <tr>
    <th scope="row">{label}</th>
    <td className="num">{notes.toLocaleString()}</td>
    <td>
      {label === W.rest && (
        <>
          <KindGlyph kind="note" /> {capital(KIND_WORDS.note.one)}
        </>
      )}
    </td>
  </tr>
)

function Words({ preview, onMapping }: Pick<Props, 'preview' | 'onMapping'>) {
  const { mapping, words, plain } = preview
  if (words.length === 0) return null
  return (
    <div>
      <table className="import-table">
        <thead>
          <tr>
            <th scope="col">{W.wordsWithLinks}</th>
            <th scope="col">{W.used}</th>
            <th scope="col">{W.readAs}</th>
          </tr>
        </thead>
        <tbody>
          {words.map(({ word, key, links, isRelation }) => (
            <tr key={key}>
              <th scope="row">
                <code>{word}</code>
              </th>
              <td className="num">{links.toLocaleString()}</td>
              <td>
                {isRelation ? (
                  relationLabel(key)
                ) : (
                  <select
                    aria-label={W.readAsOf(word)}
                    value={Object.hasOwn(mapping.words, key) ? mapping.words[key] : ''}
                    onChange={(event) => onMapping(withWord(mapping, key, event.currentTarget.value))}
                  >
                    <option value="">{W.leave}</option>
                    {RELATION_CHOICES.map((relation) => (
                      <option key={relation} value={relation}>
                        {relationLabel(relation)}
                      </option>
                    ))}
                  </select>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="import-say">{W.leftAlone(plain)}</p>
    </div>
  )
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
