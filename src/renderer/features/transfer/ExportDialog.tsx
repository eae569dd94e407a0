import { FileText, FileX2 } from 'lucide-react'
import { useState } from 'react'
import type { ExportReport } from '../../../ipc/app-contract.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { appClient } from '../../platform/clients.ts'
import { useVaultFacts } from '../../platform/notes.ts'
import { useSession } from '../../state/session.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import { attempt, say } from '../note-actions/index.ts'
import { Findings, Tally } from './Findings.tsx'
import { progressLabel, useProgress } from './use-progress.ts'
import { WORDS } from './words.ts'

type Step =
  | { readonly at: 'asking'; readonly error: string | null }
  | { readonly at: 'copying'; readonly isStopping: boolean }
  | { readonly at: 'report'; readonly report: ExportReport }

/** The whole vault goes out as Markdown, with a receipt of what was read back and compared. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const vault = useSession((session) => session.vault)
  const facts = useVaultFacts().data
  const [folder, setFolder] = useState(vault?.exported?.folder ?? null)
  const [step, setStep] = useState<Step>({ at: 'asking', error: null })
  const progress = useProgress('exportProgress')
  const notes = facts ? Object.values(facts.counts).reduce((sum, each) => sum + each, 0) : 0

  const choose = () =>
    attempt(async () => {
      const chosen = await appClient().call('chooseFolder', { purpose: 'export' })
      if (chosen === null) return
      setFolder(chosen)
      setStep({ at: 'asking', error: null })
    })
  const copy = async (target: string) => {
    setStep({ at: 'copying', isStopping: false })
    try {
      setStep({ at: 'report', report: await appClient().call('exportVault', { folder: target }) })
    } catch (error) {
      const isTaken = error instanceof CallError && error.code === 'folder-not-empty'
      setStep({ at: 'asking', error: isTaken ? WORDS.notEmpty : say(error) })
    }
  }

  if (step.at === 'copying') {
    return (
      <Dialog
        title={WORDS.copyingOut}
        onClose={null}
        actions={
          <Button
            isBusy={step.isStopping}
            onClick={() => {
              setStep({ ...step, isStopping: true })
              attempt(() => appClient().call('cancelExport', {}))
            }}
          >
            {step.isStopping ? WORDS.stopping : WORDS.stop}
          </Button>
        }
      >
        <div className="transfer-progress num">
          <span>{progress ? progressLabel(progress) : WORDS.copyingOut}</span>
          <Progress label={WORDS.copyingOut} done={progress?.done ?? 0} total={progress?.total ?? 0} />
        </div>
      </Dialog>
    )
  }
  if (step.at === 'report') return <Receipt report={step.report} onClose={onClose} />
  return (
    <Dialog
      title={WORDS.exportTitle}
      lede={WORDS.exportLede(vault?.name ?? '', notes)}
      onClose={onClose}
      actions={
        <>
          <Button look="ghost" onClick={onClose}>
            {WORDS.cancel}
          </Button>
          {folder === null ? (
            <Button look="primary" onClick={choose}>
              {WORDS.choose}
            </Button>
          ) : (
            <Button look="primary" onClick={() => void copy(folder)}>
              {WORDS.copyOut(notes)}
            </Button>
          )}
        </>
      }
    >
      <div className="transfer-row">
        <span>{WORDS.where}</span>
        <div>
          <div className="transfer-where">
            <span className="clip">{folder === null ? WORDS.noFolder : `\u2068${folder}\u2069`}</span>
            <button type="button" className="text-button" onClick={choose}>
              {WORDS.choose}
            </button>
          </div>
          {step.error !== null && (
            <p className="field-error" role="alert">
              {step.error}
            </p>
          )}
          <small>{WORDS.readable}</small>
        </div>
      </div>
    </Dialog>
  )
}

function Receipt({ report, onClose }: { report: ExportReport; onClose: () => void }) {
  return (
    <Dialog
      title={report.cancelled ? WORDS.stoppedTitle : WORDS.outTitle}
      {...(report.cancelled ? {} : { lede: WORDS.outText(report.folder) })}
      onClose={onClose}
      actions={
        <>
          <Button onClick={() => attempt(() => appClient().call('showInFolder', { folder: report.folder }))}>
            {WORDS.show}
          </Button>
          <Button look="primary" onClick={onClose}>
            {WORDS.done}
          </Button>
        </>
      }
    >
      <Tally
        cells={[
          [report.notes.toLocaleString(), WORDS.outTally.notes],
          [report.written.toLocaleString(), WORDS.outTally.written],
          [report.attachments.toLocaleString(), WORDS.outTally.attachments],
          [sizeLabel(report.bytes), WORDS.outTally.size],
        ]}
      />
      <Findings
        findings={[
          { icon: FileText, text: WORDS.problems(report.problems.length), files: report.problems },
          { icon: FileX2, text: WORDS.leftAlone(report.leftAlone.length), files: report.leftAlone },
        ]}
      />
      {!report.cancelled && <p className="transfer-say">{WORDS.receipt(report.receipt)}</p>}
    </Dialog>
  )
}
