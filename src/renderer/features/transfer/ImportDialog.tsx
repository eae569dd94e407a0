import { FileText, FileX2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { VaultId } from '../../../core/base/ids.ts'
import type { appContract, ImportReport } from '../../../ipc/app-contract.ts'
import type { Output } from '../../../ipc/rpc.ts'
import { appClient, vaultClient } from '../../platform/clients.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import { attempt, say, takeBack, watchChanges } from '../note-actions/index.ts'
import { Findings, Tally } from './Findings.tsx'
import { progressLabel, useProgress } from './use-progress.ts'
import { timeLabel, WORDS } from './words.ts'

type Scan = Output<typeof appContract, 'scanFolder'>

type Step =
  | { readonly at: 'choosing' }
  | { readonly at: 'looking' }
  | { readonly at: 'preview'; readonly folder: string; readonly scan: Scan }
  | { readonly at: 'copying'; readonly name: string; readonly isStopping: boolean }
  /** `change`: of this vault, to take the import back; null where there is none. */
  | { readonly at: 'report'; readonly name: string; readonly report: ImportReport; readonly change: string | null }
  | { readonly at: 'failed'; readonly text: string }

type ImportProps = {
  /** null: a new vault of the folder's name. */
  into: VaultId | null
  /** null: asks for one. */
  folder?: string | null
  onClose: () => void
}

/** A folder of Markdown comes in: what is in it, how far it is, what became of it. */
export function ImportDialog({ into, folder: given = null, onClose }: ImportProps) {
  const [step, setStep] = useState<Step>({ at: 'choosing' })
  const progress = useProgress('importProgress')

  const look = async (known: string | null) => {
    setStep({ at: 'choosing' })
    try {
      const folder = known ?? (await appClient().call('chooseFolder', { purpose: 'import' }))
      if (folder === null) return onClose()
      setStep({ at: 'looking' })
      setStep({ at: 'preview', folder, scan: await appClient().call('scanFolder', { folder }) })
    } catch (error) {
      setStep({ at: 'failed', text: say(error) })
    }
  }
  const copy = async (folder: string, name: string) => {
    setStep({ at: 'copying', name, isStopping: false })
    try {
      const made = into === null ? null : await watchChanges(vaultClient())
      const report = await appClient().call('importFolder', { folder, vault: into })
      setStep({ at: 'report', name, report, change: made && (await made()) })
    } catch (error) {
      setStep({ at: 'failed', text: say(error) })
    }
  }

  // The system's dialog opens once, also where effects run twice in development.
  const isAsked = useRef(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when it appears, and by its button
  useEffect(() => {
    if (isAsked.current) return
    isAsked.current = true
    void look(given)
  }, [])

  switch (step.at) {
    case 'choosing':
      return null
    case 'looking':
      return (
        <Dialog title={WORDS.looking} onClose={onClose} actions={<Button onClick={onClose}>{WORDS.cancel}</Button>} />
      )
    case 'preview': {
      const { scan, folder } = step
      return (
        <Dialog
          title={WORDS.previewTitle(scan.name)}
          lede={WORDS.onlyRead(folder)}
          onClose={onClose}
          actions={
            <>
              <Button look="ghost" onClick={onClose}>
                {WORDS.cancel}
              </Button>
              {scan.notes === 0 ? (
                <Button look="primary" onClick={() => void look(null)}>
                  {WORDS.chooseOther}
                </Button>
              ) : (
                <Button look="primary" onClick={() => void copy(folder, scan.name)}>
                  {WORDS.copy(scan.notes)}
                </Button>
              )}
            </>
          }
        >
          <Tally
            cells={[
              [scan.notes.toLocaleString(), WORDS.tally.notes],
              [scan.attachments.toLocaleString(), WORDS.tally.attachments],
              [sizeLabel(scan.bytes), WORDS.tally.size],
            ]}
          />
          {scan.notes === 0 && <p className="transfer-say">{WORDS.nothingToCopy}</p>}
          <Findings findings={[{ icon: FileX2, text: WORDS.leftOut(scan.skipped.length), files: scan.skipped }]} />
        </Dialog>
      )
    }
    case 'copying':
      return (
        <Dialog
          title={WORDS.copying(step.name)}
          onClose={null}
          actions={
            <Button
              isBusy={step.isStopping}
              onClick={() => {
                setStep({ ...step, isStopping: true })
                attempt(() => appClient().call('cancelImport', {}))
              }}
            >
              {step.isStopping ? WORDS.stopping : WORDS.stop}
            </Button>
          }
        >
          <div className="transfer-progress num">
            <span>{progress ? progressLabel(progress) : WORDS.phases.scan}</span>
            <Progress label={WORDS.copying(step.name)} done={progress?.done ?? 0} total={progress?.total ?? 0} />
          </div>
        </Dialog>
      )
    case 'report':
      return <Report {...step} isNew={into === null} onClose={onClose} />
    case 'failed':
      return (
        <Dialog
          title={WORDS.failedTitle}
          onClose={onClose}
          actions={
            <>
              <Button look="ghost" onClick={onClose}>
                {WORDS.close}
              </Button>
              <Button look="primary" onClick={() => void look(null)}>
                {WORDS.chooseOther}
              </Button>
            </>
          }
        >
          <p className="transfer-say" role="alert">
            {step.text}
          </p>
        </Dialog>
      )
  }
}

type ReportProps = { name: string; report: ImportReport; change: string | null; isNew: boolean; onClose: () => void }

function Report({ name, report, change, isNew, onClose }: ReportProps) {
  const open = () => attempt(() => appClient().call('openVault', { id: report.vault }))
  return (
    <Dialog
      title={report.cancelled ? WORDS.stoppedTitle : WORDS.doneTitle(name)}
      lede={report.cancelled ? WORDS.stoppedText(report.notes) : WORDS.took(timeLabel(report.ms))}
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
          [report.attachments.toLocaleString(), WORDS.reportTally.attachments],
        ]}
      />
      {report.unchanged + report.updated > 0 && (
        <p className="transfer-say">{WORDS.changes(report.created, report.updated, report.unchanged)}</p>
      )}
      <Findings
        findings={[
          { icon: FileText, text: WORDS.asText(report.asText.length), files: report.asText },
          { icon: FileX2, text: WORDS.skipped(report.skipped.length), files: report.skipped },
        ]}
      />
    </Dialog>
  )
}
