import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress as ProgressBar } from '../../ui/Progress.tsx'
import { type Progress, progressLabel } from './use-progress.ts'

type WorkingProps = {
  title: string
  progress: Progress | null
  /** Shown while there is no progress yet. */
  before: string
  /** What the button says. */
  stop: string
  isStopping: boolean
  onStop: () => void
}

/** Main reads or writes: how far it is, and no way out but to stop it. */
export function WorkingDialog({ title, progress, before, stop, isStopping, onStop }: WorkingProps) {
  return (
    <Dialog
      title={title}
      onClose={null}
      actions={
        <Button isBusy={isStopping} onClick={onStop}>
          {stop}
        </Button>
      }
    >
      <div className="transfer-progress num">
        <span>{progress ? progressLabel(progress) : before}</span>
        <ProgressBar label={title} done={progress?.done ?? 0} total={progress?.total ?? 0} />
      </div>
    </Dialog>
  )
}
