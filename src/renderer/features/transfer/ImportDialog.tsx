import { FileX2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { VaultId } from '../../../core/base/ids.ts'
import type { Mapping } from '../../../core/import/mapping.ts'
import type { ImportReport, ImportPreview as Preview } from '../../../ipc/app-contract.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { appClient, vaultClient } from '../../platform/clients.ts'
import { showNotice } from '../../state/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { attempt, say, watchChanges } from '../note-actions/index.ts'
import { Findings } from './Findings.tsx'
import { ImportPreview } from './ImportPreview.tsx'
import { Report } from './ImportReport.tsx'
import { IMPORT_WORDS, isPlain } from './import-words.ts'
import { useProgress } from './use-progress.ts'
import { WorkingDialog } from './WorkingDialog.tsx'
import { WORDS } from './words.ts'

type Step =
  | { readonly at: 'choosing' }
  | { readonly at: 'looking'; readonly isStopping: boolean }
  | { readonly at: 'preview'; readonly folder: string; readonly preview: Preview; readonly isCounting: boolean }
  | { readonly at: 'copying'; readonly name: string; readonly isStopping: boolean }
  /** `change`: of this vault, to take the import back; null where there is none. */
  | {
      readonly at: 'report'
      readonly folder: string
      readonly name: string
      readonly preview: Preview
      readonly report: ImportReport
      readonly change: string | null
    }
  | { readonly at: 'failed'; readonly text: string }

type ImportProps = {
  /** null: a new vault of the folder's name. */
  into: VaultId | null
  /** null: asks for one. */
  folder?: string | null
  /** A zip or a Markdown file is asked for instead of a folder. */
  isFile?: boolean
  onClose: () => void
}

/** A folder of Markdown comes in: what is in it, how far it is, what became of it. */
export function ImportDialog({ into, folder: given = null, isFile = false, onClose }: ImportProps) {
  const [step, setStep] = useState<Step>({ at: 'choosing' })
  const progress = useProgress('importProgress')
  const [isKept, setKept] = useState(false)
  const [isAgain, setAgain] = useState(false)
  /** Where it goes: a new vault is known once it was made, and then what is decided later is about that one. */
  const target = useRef(into)
  const counting = useRef(0)
  const counted = useRef<Promise<unknown>>(Promise.resolve())

  const look = async (known: string | null) => {
    setStep({ at: 'choosing' })
    try {
      const folder = known ?? (await appClient().call('chooseFolder', { purpose: isFile ? 'import-file' : 'import' }))
      if (folder === null) return onClose()
      setStep({ at: 'looking', isStopping: false })
      const preview = await appClient().call('previewImport', { folder, vault: target.current, mapping: null })
      setStep({ at: 'preview', folder, preview, isCounting: false })
    } catch (error) {
      if (error instanceof CallError && error.code === 'cancelled') return onClose()
      setStep({ at: 'failed', text: say(error) })
    }
  }
  const leave = () => {
    attempt(() => appClient().call('closePreview', {}))
    onClose()
  }
  const count = async (folder: string, preview: Preview, mapping: Mapping) => {
    const turn = ++counting.current
    // Shown at once; the counts follow.
    const asked = { kinds: [...mapping.kinds], words: { ...mapping.words } }
    setStep({
      at: 'preview',
      folder,
      preview: { ...preview, mapping: asked, rules: mapping.kinds.map(() => 0) },
      isCounting: true,
    })
    try {
      // One at a time, and only for what was asked last.
      await counted.current
      if (turn !== counting.current) return
      const call = appClient().call('previewImport', { folder, vault: target.current, mapping: asked })
      counted.current = call.catch(() => {})
      const next = await call
      if (turn !== counting.current) return
      setStep({ at: 'preview', folder, preview: next, isCounting: false })
    } catch (error) {
      setStep({ at: 'failed', text: say(error) })
    }
  }
  const copy = async (folder: string, preview: Preview) => {
    const { name, mapping } = preview
    setStep({ at: 'copying', name, isStopping: false })
    try {
      const made = into === null ? null : await watchChanges(vaultClient())
      const report = await appClient().call('importFolder', {
        folder,
        vault: target.current,
        applyKinds: isAgain && preview.again.length > 0,
        keepInStep: isKept && preview.isFolder,
        ...(isPlain(mapping) ? (target.current === null ? {} : { mapping: { kinds: [], words: {} } }) : { mapping }),
      })
      if (report.notKept !== null)
        showNotice({ key: 'not-kept', level: 'warning', text: IMPORT_WORDS.notKept, detail: report.notKept })
      target.current = report.vault
      setStep({ at: 'report', folder, name, preview, report, change: made && (await made()) })
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
        <WorkingDialog
          title={WORDS.looking}
          progress={progress}
          before={WORDS.phases.scan}
          stop={WORDS.cancel}
          isStopping={step.isStopping}
          onStop={() => {
            setStep({ ...step, isStopping: true })
            attempt(() => appClient().call('cancelImport', {}))
          }}
        />
      )
    case 'preview': {
      const { preview, folder, isCounting } = step
      return (
        <Dialog
          title={WORDS.previewTitle(preview.name)}
          lede={isKept ? folder : WORDS.onlyRead(folder)}
          onClose={leave}
          isWide={preview.notes > 0}
          actions={
            <>
              <Button look="ghost" onClick={leave}>
                {WORDS.cancel}
              </Button>
              {preview.notes === 0 ? (
                <Button look="primary" onClick={() => void look(null)}>
                  {WORDS.chooseOther}
                </Button>
              ) : (
                <Button look="primary" isBusy={isCounting} onClick={() => void copy(folder, preview)}>
                  {WORDS.copy(preview.notes)}
                </Button>
              )}
            </>
          }
        >
          {preview.notes === 0 ? (
            <>
              <p className="transfer-say">{WORDS.nothingToCopy}</p>
              <Findings
                findings={[{ icon: FileX2, text: WORDS.leftOut(preview.skipped.length), files: preview.skipped }]}
              />
            </>
          ) : (
            <ImportPreview
              preview={preview}
              isCounting={isCounting}
              isKept={isKept}
              onKept={setKept}
              isAgain={isAgain}
              onAgain={setAgain}
              onMapping={(mapping) => void count(folder, preview, mapping)}
            />
          )}
        </Dialog>
      )
    }
    case 'copying':
      return (
        <WorkingDialog
          title={WORDS.copying(step.name)}
          progress={progress}
          before={WORDS.phases.scan}
          stop={step.isStopping ? WORDS.stopping : WORDS.stop}
          isStopping={step.isStopping}
          onStop={() => {
            setStep({ ...step, isStopping: true })
            attempt(() => appClient().call('cancelImport', {}))
          }}
        />
      )
    case 'report':
      return (
        <Report
          {...step}
          isKept={isKept && step.preview.isFolder}
          isNew={into === null}
          onAgain={() => {
            setAgain(true)
            void look(step.folder)
          }}
          onClose={onClose}
        />
      )
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
