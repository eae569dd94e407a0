import { Check, FileText, FileX2, History, Link2, type LucideIcon, Route, Shapes, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExportReport } from '../../../ipc/app-contract.ts'
import { appClient } from '../../platform/clients.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { dayLabel } from '../../ui/dates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import { KeepInStep } from '../mirror/index.ts'
import { attempt } from '../note-actions/index.ts'
import { Findings } from './Findings.tsx'
import { WORDS } from './words.ts'
import './export.css'

const nameOf = (place: string) => place.split(/[/\\]/).filter(Boolean).at(-1) ?? place

/** What was read back and compared, and what stayed behind (DESIGN 12). */
export function ExportReceipt({ report, onClose }: { report: ExportReport; onClose: () => void }) {
  const { compared, hidden, renamed, problems, leftAlone, folder } = report
  const now = new Date()
  const title = report.cancelled
    ? WORDS.stoppedTitle
    : report.done
      ? WORDS.outTitle(report.notes, nameOf(folder))
      : WORDS.notDoneTitle
  const amount = WORDS.amount(report.notes, report.attachments)
  return (
    <OutDialog
      title={title}
      lede={WORDS.outText(`\u2068${folder}\u2069`, sizeLabel(report.bytes), dayLabel(now.getTime(), now))}
      place={folder}
      onClose={onClose}
    >
      {!report.cancelled && (
        <ul className="receipt">
          <Line
            icon={compared.same === compared.files ? Check : TriangleAlert}
            text={WORDS.compared(compared.same, compared.files)}
            detail={WORDS.comparedHow(amount)}
          />
          <Line
            icon={Link2}
            text={WORDS.linksOut(report.links)}
            detail={report.unresolved === null ? '' : WORDS.linksWait(report.unresolved)}
          />
          <Line icon={Shapes} text={WORDS.inside} detail={WORDS.insideHow(report.blockIds)} />
          {hidden.versions > 0 && (
            <Line icon={History} text={WORDS.versionsStay(hidden.versions)} detail={WORDS.versionsWhy} />
          )}
          {hidden.trails + hidden.pins > 0 && (
            <Line icon={Route} text={WORDS.notShown(hidden.trails, hidden.pins)} detail={WORDS.notShownWhy} />
          )}
        </ul>
      )}
      <Findings
        findings={[
          { icon: TriangleAlert, text: WORDS.problems(problems.length), files: problems },
          { icon: FileX2, text: WORDS.leftAlone(leftAlone.length), files: leftAlone },
          {
            icon: FileText,
            text: WORDS.renamed(renamed.length),
            files: renamed.map(({ path, name }) => ({ path, reason: WORDS.renamedTo(name) })),
          },
        ]}
      />
      {!report.cancelled && (
        <p className="transfer-say">
          {WORDS.receipt} <code>receipt.json</code>.
        </p>
      )}
      {report.done && <KeepInStep folder={folder} onDone={onClose} />}
    </OutDialog>
  )
}

function Line({ icon, text, detail }: { icon: LucideIcon; text: string; detail: string }) {
  return (
    <li className="receipt-line">
      <Icon of={icon} />
      <span>
        {text}
        {detail !== '' && <small>{detail}</small>}
      </span>
    </li>
  )
}

/** Something is out: where it lies, and the way there. */
export function OutDialog({
  title,
  lede,
  place,
  onClose,
  children,
}: {
  title: string
  lede: string
  place: string
  onClose: () => void
  children?: ReactNode
}) {
  return (
    <Dialog
      title={title}
      lede={lede}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => attempt(() => appClient().call('showInFolder', { folder: place }))}>
            {WORDS.show}
          </Button>
          <Button look="primary" onClick={onClose}>
            {WORDS.done}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
