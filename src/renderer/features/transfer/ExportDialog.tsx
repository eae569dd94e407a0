import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { ExportReport, PageReport } from '../../../ipc/app-contract.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { appClient } from '../../platform/clients.ts'
import { useFolders, useNote } from '../../platform/notes.ts'
import type { ExportStart } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { activeNote, activeTab, useTabs } from '../../state/tabs.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import { attempt, say } from '../note-actions/index.ts'
import { printNotes } from '../print/index.ts'
import { FormChoice, WhatChoice } from './ExportChoices.tsx'
import { ExportReceipt, OutDialog } from './ExportReceipt.tsx'
import { type Form, firstWhat, isOffered, type Offer, scopeOf, type What } from './export-choices.ts'
import { Findings } from './Findings.tsx'
import { useAmount } from './use-amount.ts'
import { useProgress } from './use-progress.ts'
import { WorkingDialog } from './WorkingDialog.tsx'
import { WORDS } from './words.ts'

type Archived = { readonly file: string; readonly notes: number; readonly bytes: number; readonly missing: number }

type Step =
  | { readonly at: 'asking'; readonly error: string | null }
  | { readonly at: 'copying'; readonly isStopping: boolean }
  | { readonly at: 'receipt'; readonly report: ExportReport }
  | { readonly at: 'page'; readonly report: PageReport }
  | { readonly at: 'archive'; readonly made: Archived }

/** What the window shows, with what the dialog was opened for before it. */
function useOffer(start: ExportStart | undefined): Offer {
  const place = useTabs((tabs) => activeTab(tabs).place)
  const active = useTabs(activeNote)
  const folders = useFolders().data
  const note = start?.kind === 'note' ? start.id : active
  const around = useNote(note).data?.folderId ?? null
  return {
    note,
    folder: start?.kind === 'folder' ? start.id : (around ?? folders?.[0]?.id ?? null),
    query: start?.kind === 'search' ? start.query : place.at === 'search' ? place.query.trim() : null,
  }
}

/** Notes go out, as files for other programs, with a receipt of what was read back and compared. */
export function ExportDialog({ start, onClose }: { start?: ExportStart | undefined; onClose: () => void }) {
  const vault = useSession((session) => session.vault)
  const found = useOffer(start)
  const [folder, setFolder] = useState(found.folder)
  const offer = { ...found, folder: folder ?? found.folder }
  const [what, setWhat] = useState<What>(() => firstWhat(start))
  const [wanted, setForm] = useState<Form>('folder')
  const form = isOffered(wanted, what) ? wanted : 'folder'
  const [chosen, setChosen] = useState<Partial<Record<Form, string>>>({})
  const [isPortable, setPortable] = useState(false)
  const [step, setStep] = useState<Step>({ at: 'asking', error: null })
  const progress = useProgress('exportProgress')
  const scope = scopeOf(what, offer)
  const notes = useAmount(scope)?.notes ?? 0
  const isPage = form === 'html' || form === 'pdf'
  const former = form === 'folder' && what === 'vault' ? (vault?.exported?.folder ?? null) : null
  const place = chosen[form] ?? former

  const choose = () =>
    attempt(async () => {
      const app = appClient()
      const picked =
        form === 'folder' || isPage
          ? await app.call('chooseFolder', { purpose: 'export' })
          : await app.call('chooseTarget', { as: form, name: vault?.name ?? '' })
      if (picked === null) return
      setChosen((before) => ({ ...before, [form]: picked }))
      setStep({ at: 'asking', error: null })
    })
  const copy = async () => {
    if (!scope) return
    setStep({ at: 'copying', isStopping: false })
    try {
      setStep(await copied(scope))
    } catch (error) {
      const isTaken = error instanceof CallError && error.code === 'folder-not-empty'
      setStep({ at: 'asking', error: isTaken ? WORDS.notEmpty : say(error) })
    }
  }
  const copied = async (wantedScope: NonNullable<typeof scope>): Promise<Step> => {
    const app = appClient()
    if (form === 'html' || form === 'pdf') {
      const report = await app.call('exportPage', { scope: wantedScope, form })
      return report ? { at: 'page', report } : { at: 'asking', error: null }
    }
    const target = place ?? ''
    if (form === 'archive') {
      const { path: file, ...made } = await app.call('exportArchive', { file: target })
      return { at: 'archive', made: { file, ...made } }
    }
    const options = { folder: target, scope: wantedScope, zip: form === 'zip', portable: isPortable }
    return { at: 'receipt', report: await app.call('exportVault', options) }
  }

  switch (step.at) {
    case 'copying':
      return (
        <WorkingDialog
          title={WORDS.copyingOut}
          progress={progress}
          before={WORDS.copyingOut}
          stop={step.isStopping ? WORDS.stopping : WORDS.stop}
          isStopping={step.isStopping}
          onStop={() => {
            setStep({ ...step, isStopping: true })
            attempt(() => appClient().call('cancelExport', {}))
          }}
        />
      )
    case 'receipt':
      return <ExportReceipt report={step.report} onClose={onClose} />
    case 'page': {
      const { file, problems, bytes, cancelled } = step.report
      return (
        <OutDialog
          title={cancelled ? WORDS.stoppedTitle : WORDS.pageTitle}
          lede={`\u2068${file}\u2069, ${WORDS.amount(step.report.notes, null)}, ${sizeLabel(bytes)}`}
          place={file}
          onClose={onClose}
        >
          <Findings findings={[{ icon: TriangleAlert, text: WORDS.problems(problems.length), files: problems }]} />
        </OutDialog>
      )
    }
    case 'archive': {
      const { file, notes: held, bytes, missing } = step.made
      return (
        <OutDialog
          title={WORDS.archiveTitle}
          lede={`\u2068${file}\u2069, ${sizeLabel(bytes)}`}
          place={file}
          onClose={onClose}
        >
          <p className="transfer-say">{WORDS.archiveText(held, missing)}</p>
        </OutDialog>
      )
    }
  }
  const print = () => {
    if (!scope) return
    onClose()
    attempt(() => printNotes(scope))
  }
  const isReady = isPage || place !== null
  return (
    <Dialog
      title={WORDS.exportTitle}
      onClose={onClose}
      actions={
        <>
          <Button look="ghost" onClick={onClose}>
            {WORDS.cancel}
          </Button>
          {form === 'pdf' && <Button onClick={print}>{WORDS.print}</Button>}
          <Button look="primary" onClick={isReady ? () => void copy() : choose}>
            {isReady ? WORDS.copyOut(notes) : WORDS.choose}
          </Button>
        </>
      }
    >
      <WhatChoice
        what={what}
        offer={offer}
        vaultName={vault?.name ?? ''}
        onWhat={setWhat}
        onFolder={(id) => setFolder(id)}
      />
      <FormChoice form={form} what={what} onForm={setForm} />
      <div className="transfer-row">
        <span>{WORDS.where}</span>
        <div>
          {isPage ? (
            WORDS.askedLater
          ) : (
            <div className="transfer-where">
              <span className="clip">
                {place === null ? (form === 'folder' ? WORDS.noFolder : WORDS.noFile) : `\u2068${place}\u2069`}
              </span>
              <button type="button" className="text-button" onClick={choose}>
                {WORDS.choose}
              </button>
            </div>
          )}
          {step.error !== null && (
            <p className="field-error" role="alert">
              {step.error}
            </p>
          )}
          {(form === 'folder' || form === 'zip') && (
            <>
              <small>{WORDS.linksStay}</small>
              <label className="choice-check">
                <input
                  type="checkbox"
                  checked={isPortable}
                  onChange={(event) => setPortable(event.currentTarget.checked)}
                />
                {WORDS.portable}
              </label>
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}
