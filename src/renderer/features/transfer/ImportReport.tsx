import { FileQuestion, Files, FileText, FileX2, ScrollText, Shapes, Tags } from 'lucide-react'
import type { ImportReport, ImportPreview as Preview } from '../../../ipc/app-contract.ts'
import { appClient } from '../../platform/clients.ts'
import { openPlace } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { attempt, takeBack } from '../note-actions/index.ts'
import { Findings, Tally } from './Findings.tsx'
import { IMPORT_WORDS, relationsRead, wordsLeft } from './import-words.ts'
import { timeLabel, WORDS } from './words.ts'

type ReportProps = {
  /** The preview once more, for what is decided otherwise. */
  onAgain: () => void
  isKept: boolean
  preview: Preview
  name: string
  report: ImportReport
  change: string | null
  isNew: boolean
  onClose: () => void
}

/** What came in, and what is left to decide, each with a way to go there. */
export function Report({ isKept, preview, name, report, change, isNew, onAgain, onClose }: ReportProps) {
  const relations = relationsRead(preview)
  const left = wordsLeft(preview)
  const kinds = IMPORT_WORDS.kinds(preview.kinds)
  /** The notes in which the first of these names stands. */
  const find = () => {
    onClose()
    openPlace({ at: 'search', query: `"${preview.ambiguous[0]?.path.replaceAll('"', ' ') ?? ''}"` })
  }
  const open = () => attempt(() => appClient().call('openVault', { id: report.vault }))
  return (
    <Dialog
      title={report.cancelled ? WORDS.stoppedTitle : WORDS.doneTitle(name)}
      lede={
        report.cancelled
          ? WORDS.stoppedText(report.notes)
          : (isKept ? IMPORT_WORDS.tookInStep : WORDS.took)(timeLabel(report.ms))
      }
      onClose={isNew ? null : onClose}
      actions={
        isNew && report.notes > 0 ? (
          <Button look="primary" onClick={open}>
            {WORDS.openIt}
          </Button>
        ) : (
          <>
            {change !== null && (
              <Button
                onClick={() => {
                  onClose()
                  attempt(() => takeBack(change))
                }}
              >
                {WORDS.takeBack}
              </Button>
            )}
            <Button look="primary" onClick={onClose}>
              {WORDS.done}
            </Button>
          </>
        )
      }
    >
      <Tally
        cells={[
          [report.notes.toLocaleString(), WORDS.reportTally.notes],
          [(report.links - report.unresolved).toLocaleString(), WORDS.reportTally.links],
          [report.unresolved.toLocaleString(), WORDS.reportTally.unresolved],
          [relations.reduce((sum, { links }) => sum + links, 0).toLocaleString(), IMPORT_WORDS.relationsRead],
          [report.attachments.toLocaleString(), WORDS.reportTally.attachments],
        ]}
      />
      {kinds !== '' && report.created > 0 && (
        <p className="transfer-say">
          {kinds}. {IMPORT_WORDS.keptBeside}
        </p>
      )}
      {relations.length > 0 && (
        <ul className="import-relations">
          {relations.map(({ relation, word, links }) => (
            <li key={word}>
              {IMPORT_WORDS.relationFrom(relation, word)} <span>{links.toLocaleString()}</span>
            </li>
          ))}
        </ul>
      )}
      {report.rekinded > 0 && <p className="transfer-say">{IMPORT_WORDS.rekinded(report.rekinded)}</p>}
      {report.unchanged + report.updated > 0 && (
        <p className="transfer-say">{WORDS.changes(report.created, report.updated, report.unchanged)}</p>
      )}
      <Findings
        findings={[
          { icon: FileText, text: WORDS.asText(report.asText.length), files: report.asText },
          { icon: ScrollText, text: WORDS.logsKept(report.logsKept.length), files: report.logsKept },
          {
            icon: FileQuestion,
            text: IMPORT_WORDS.ambiguous(preview.ambiguousLinks),
            files: preview.ambiguous,
            ...(isNew ? {} : { act: { label: IMPORT_WORDS.decide, run: find } }),
          },
          {
            icon: Tags,
            text: IMPORT_WORDS.wordsLeft(left.length),
            files: left.map(({ word, links }) => ({ path: word, reason: IMPORT_WORDS.linksUnder(links) })),
            act: { label: IMPORT_WORDS.decide, run: onAgain },
          },
          { icon: Shapes, text: IMPORT_WORDS.twice(preview.twice.length), files: named(preview.twice) },
          {
            icon: Files,
            text: IMPORT_WORDS.renamed(report.renamed.length),
            files: report.renamed.map(({ path, name }) => ({ path, reason: IMPORT_WORDS.renamedTo(name) })),
          },
          { icon: FileX2, text: WORDS.skipped(report.skipped.length), files: report.skipped },
        ]}
      />
    </Dialog>
  )
}

const named = (paths: readonly string[]) => paths.map((path) => ({ path, reason: '' }))
