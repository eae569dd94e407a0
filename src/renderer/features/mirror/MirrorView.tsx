import {
  ArrowLeft,
  ArrowRight,
  FolderSync,
  GitMerge,
  type LucideIcon,
  PencilLine,
  RotateCcw,
  Trash2,
} from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { MirrorState } from '../../../ipc/app-contract.ts'
import { appClient } from '../../platform/clients.ts'
import { Button } from '../../ui/Button.tsx'
import { clockLabel, dayLabel } from '../../ui/dates.ts'
import { Icon } from '../../ui/Icon.tsx'
import { sizeLabel } from '../../ui/sizes.ts'
import '../../ui/view.css'
import { attempt } from '../note-actions/index.ts'
import './mirror.css'
import { WORDS } from './words.ts'

type Happened = MirrorState['happened'][number]
type Answer = () => Promise<MirrorState | null>

const ICONS: Readonly<Record<Happened['kind'], LucideIcon>> = {
  written: ArrowRight,
  read: ArrowLeft,
  renamed: PencilLine,
  both: GitMerge,
  trashed: Trash2,
  restored: RotateCcw,
  'put-back': ArrowRight,
  removed: Trash2,
  'log-kept': RotateCcw,
}

/** The folder that this vault is kept in step with, and what happened between them (l3). */
export function MirrorView() {
  const [state, setState] = useState<MirrorState | null | undefined>(undefined)
  const [isBusy, setBusy] = useState(false)
  const read = useCallback(async () => setState(await appClient().call('mirror', {})), [])
  useEffect(() => {
    attempt(read)
    return appClient().on('mirror', () => attempt(read))
  }, [read])
  const ask = (call: Answer) => {
    setBusy(true)
    attempt(() =>
      call()
        .then(setState)
        .finally(() => setBusy(false)),
    )
  }
  const choose = () => {
    attempt(async () => {
      const folder = await appClient().call('chooseFolder', { purpose: 'export' })
      if (folder !== null) ask(() => appClient().call('startMirror', { folder }))
    })
  }
  if (state === undefined) return <div className="view" />
  if (state === null) {
    return (
      <div className="view">
        <h1 className="view-title">{WORDS.title}</h1>
        <p className="view-lede">{WORDS.none}</p>
        <p className="view-lede">{isBusy ? WORDS.starting : WORDS.mayBe}</p>
        <p className="mirror-start">
          <Button look="primary" isBusy={isBusy} onClick={choose}>
            {WORDS.choose}
          </Button>
        </p>
      </div>
    )
  }
  return <Shown state={state} ask={ask} />
}

function Shown({ state, ask }: { state: MirrorState; ask: (call: Answer) => void }) {
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
          <section className="view-section" aria-label={WORDS.happened}>
            <div className="view-section-head">
              {WORDS.happened} <span className="num">{WORDS.sinceStart}</span>
            </div>
            {state.happened.length === 0 && <p className="view-empty">{WORDS.nothing}</p>}
            <ul>
              {state.happened.map((each) => (
                <Line key={`${each.at} ${each.kind} ${each.path}`} happened={each} />
              ))}
            </ul>
          </section>
        </div>
        <Side state={state} />
      </div>
    </div>
  )
}

function Status({ state, ask }: { state: MirrorState; ask: (call: Answer) => void }) {
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
            <Text
              text={WORDS.putBack}
              onClick={() => ask(() => appClient().call('answerMirror', { answer: 'put-back' }))}
            />
            <Text
              text={WORDS.deleteNotes}
              onClick={() => ask(() => appClient().call('answerMirror', { answer: 'trash' }))}
            />
          </>
        )}
        <Text
          text={phase === 'paused' ? WORDS.resume : WORDS.pause}
          onClick={() => ask(() => appClient().call('pauseMirror', { isPaused: phase !== 'paused' }))}
        />
        <Text text={WORDS.stop} onClick={() => ask(() => appClient().call('stopMirror', {}))} />
      </span>
    </div>
  )
}

function Line({ happened }: { happened: Happened }) {
  const [title, rest] = WORDS.kinds[happened.kind](happened.path, happened.from)
  return (
    <li className="mirror-line">
      <span className="mirror-time num">{clockLabel(happened.at)}</span>
      <Icon of={ICONS[happened.kind]} />
      <span>
        <span className="mirror-name">{title}</span>
        {rest}
      </span>
    </li>
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
      {zip && <Text text={WORDS.showZip} onClick={() => attempt(() => appClient().call('showMirrorZip', {}))} />}
      <h2>{WORDS.many}</h2>
      <p>{WORDS.manyLine}</p>
    </aside>
  )
}

function Text({ text, onClick }: { text: string; onClick: () => void }) {
  return (
    <button type="button" className="text-button act" onClick={onClick}>
      {text}
    </button>
  )
}
