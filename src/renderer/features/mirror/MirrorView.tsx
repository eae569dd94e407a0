import { FolderSync, Trash2 } from 'lucide-react'
import type { MirrorState } from '../../../ipc/mirror-shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { Act } from '../../ui/Act.tsx'
import { Button } from '../../ui/Button.tsx'
import { clockLabel, dayLabel } from '../../ui/dates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import '../../ui/view.css'
import { attempt } from '../note-actions/index.ts'
import { HappenedList } from './Happened.tsx'
import './mirror.css'
import { chooseMirror, type MirrorAnswer, useMirror } from './use-mirror.ts'
import { WORDS } from './words.ts'

/** The folder that this vault is kept in step with, and what happened between them (l3). */
export function MirrorView() {
  const { state, isBusy, ask } = useMirror()
  if (state === undefined) return <div className="view" />
  if (state === null) {
    return (
      <div className="view">
        <h1 className="view-title">{WORDS.title}</h1>
        <p className="view-lede">{WORDS.none}</p>
        <p className="view-lede">{isBusy ? WORDS.starting : WORDS.mayBe}</p>
        <p className="mirror-start">
          <Button look="primary" isBusy={isBusy} onClick={() => chooseMirror(ask)}>
            {WORDS.choose}
          </Button>
        </p>
      </div>
    )
  }
  return <Shown state={state} ask={ask} />
}

function Shown({ state, ask }: { state: MirrorState; ask: (call: MirrorAnswer) => void }) {
  const { folder, compared, notes, attachments, problems } = state
  return (
    <div className="view">
      <div className="view-columns">
        <div>
          <h1 className="view-title">{WORDS.inStep}</h1>
          <p className="view-lede">
            {state.phase === 'in-step' && compared !== null
              ? WORDS.lede(folder, clockLabel(compared), notes, attachments)
              : folder}
          </p>
          <Status state={state} ask={ask} />
          {problems.length > 0 && (
            <section className="view-section" aria-label={WORDS.problems}>
              <div className="view-section-head">{WORDS.problems}</div>
              <ul>
                {problems.map(({ path, reason }) => (
                  <li className="mirror-problem" key={path}>
                    {path}: {reason}
                  </li>
                ))}
              </ul>
            </section>
          )}
          <HappenedList happened={state.happened} ask={ask} />
        </div>
        <Side state={state} />
      </div>
    </div>
  )
}

function Status({ state, ask }: { state: MirrorState; ask: (call: MirrorAnswer) => void }) {
  const { phase, asking, trouble, written, read } = state
  const clock = (at: number | null) => (at === null ? null : clockLabel(at))
  const line =
    trouble ??
    (phase === 'missing'
      ? WORDS.missingLine
      : phase === 'paused'
        ? WORDS.pausedLine
        : asking
          ? WORDS.vanishedLine
          : WORDS.times(clock(written), clock(read)))
  return (
    <div className="mirror-status" role="status">
      <Icon of={asking ? Trash2 : FolderSync} />
      <span className="mirror-status-text">
        <b>{asking ? WORDS.vanished(asking.gone, asking.total) : WORDS.state[phase]}</b> {line}
      </span>
      <span className="mirror-acts">
        {asking && (
          <>
            <Act
              text={WORDS.putBack}
              onClick={() => ask(() => appClient().call('answerMirror', { answer: 'put-back' }))}
            />
            <Act
              text={WORDS.deleteNotes}
              onClick={() => ask(() => appClient().call('answerMirror', { answer: 'trash' }))}
            />
          </>
        )}
        <Act
          text={phase === 'paused' ? WORDS.resume : WORDS.pause}
          onClick={() => ask(() => appClient().call('pauseMirror', { isPaused: phase !== 'paused' }))}
        />
        <Act text={WORDS.stop} onClick={() => ask(() => appClient().call('stopMirror', {}))} />
      </span>
    </div>
  )
}

function Side({ state }: { state: MirrorState }) {
  const { zip } = state
  return (
    <aside className="view-side mirror-side">
      <h2>{WORDS.where}</h2>
      <p>{WORDS.whereLine}</p>
      <h2>{WORDS.leftAlone}</h2>
      <p>{WORDS.leftAloneLine(state.leftAlone)}</p>
      <h2>{WORDS.before}</h2>
      <p>{zip ? WORDS.zipLine(dayLabel(zip.at, new Date()), sizeLabel(zip.bytes)) : WORDS.noZip}</p>
      {zip && <Act text={WORDS.showZip} onClick={() => attempt(() => appClient().call('showMirrorZip', {}))} />}
      <h2>{WORDS.many}</h2>
      <p>{WORDS.manyLine}</p>
    </aside>
  )
}
