import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import type { Archive, BackupState } from '../../../ipc/app-contract.ts'
import { appClient } from '../../platform/clients.ts'
import { useBackups } from '../../state/backups.ts'
import { useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import { Button } from '../../ui/Button.tsx'
import { clockLabel, dayLabel } from '../../ui/dates.ts'
import { sizeLabel } from '../../ui/sizes.ts'
import { attempt } from '../note-actions/index.ts'
import { Switch } from './controls.tsx'
import { chooseSecondDisk } from './second-disk.ts'
import type { SettingRow, SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

type Doing = 'now' | 'rehearsal' | null

export function useBackupSection(): SettingsSection {
  const state = useBackups((backups) => backups.state)
  const isDaily = useSession(({ settings }) => settings.backups)
  const [isOpen, setOpen] = useState(false)
  const [doing, setDoing] = useState<Doing>(null)
  const during = (what: Doing, work: () => Promise<unknown>) => {
    setDoing(what)
    attempt(() => work().finally(() => setDoing(null)))
  }
  const restore = (path: string | null) => attempt(() => appClient().call('restoreBackup', { path }))
  const archives = state?.archives ?? []
  const isRunning = doing === 'now' || state?.isRunning === true
  return {
    id: 'backups',
    title: WORDS.backups,
    icon: ShieldCheck,
    rows: [
      {
        id: 'daily',
        label: WORDS.daily,
        note: `${WORDS.dailyNote}. ${lastLabel(archives)}`,
        also: WORDS.dailyAlso,
        problem: state?.problem ?? null,
        control: (
          <>
            {archives.length > 0 && (
              <Act text={isOpen ? WORDS.hide : WORDS.show(archives.length)} onClick={() => setOpen(!isOpen)} />
            )}
            <Switch label={WORDS.daily} isOn={isDaily} onChange={(backups) => setSettings({ backups })} />
          </>
        ),
        below: isOpen && archives.length > 0 && <Archives archives={archives} onRestore={restore} />,
      },
      {
        id: 'now',
        label: WORDS.now,
        note: isRunning ? WORDS.running : WORDS.nowNote,
        control: (
          <Button isBusy={isRunning} onClick={() => during('now', () => appClient().call('backupNow', {}))}>
            {WORDS.now}
          </Button>
        ),
      },
      secondDisk(state),
      {
        id: 'restore',
        label: WORDS.restoreFrom,
        note: WORDS.restoreNote,
        also: WORDS.restoreAlso,
        control: <Act text={WORDS.chooseArchive} onClick={() => restore(null)} />,
      },
      {
        id: 'rehearsal',
        label: WORDS.rehearsal,
        ...rehearsed(state),
        also: WORDS.rehearsalAlso,
        control: (
          <Button
            isBusy={doing === 'rehearsal'}
            isDisabled={archives.length === 0}
            onClick={() => during('rehearsal', () => appClient().call('rehearseRestore', {}))}
          >
            {WORDS.tryNow}
          </Button>
        ),
      },
      { id: 'encryption', label: WORDS.encryption, note: WORDS.encryptionNote },
    ],
  }
}

function lastLabel([last]: readonly Archive[]): string {
  return last ? WORDS.last(when(last.at), last.verified) : WORDS.noneYet
}

function secondDisk(state: BackupState | null): SettingRow {
  const second = state?.second ?? null
  return {
    id: 'second',
    label: WORDS.second,
    note: second ?? WORDS.secondNone,
    also: WORDS.secondAlso,
    control:
      second === null ? (
        <Button onClick={() => chooseSecondDisk(false)}>{WORDS.chooseDisk}</Button>
      ) : (
        <>
          <Act text={WORDS.chooseOther} onClick={() => chooseSecondDisk(false)} />
          <Act text={WORDS.forget} onClick={() => chooseSecondDisk(true)} />
        </>
      ),
  }
}

function rehearsed(state: BackupState | null): Pick<SettingRow, 'note' | 'problem'> {
  const rehearsal = state?.rehearsal ?? null
  if (!rehearsal) return { note: WORDS.rehearsalNone }
  const text = WORDS.rehearsalNote(when(rehearsal.at), rehearsal.text)
  return rehearsal.ok ? { note: text } : { problem: text }
}

function Archives({ archives, onRestore }: { archives: readonly Archive[]; onRestore: (path: string) => void }) {
  return (
    <ul className="archives" aria-label={WORDS.archives}>
      {archives.map(({ path, at, bytes, notes, place, verified }) => (
        <li key={path}>
          <span className="num">{when(at)}</span>
          <span className="archive-what">
            {WORDS.archive(WORDS.notes(notes), sizeLabel(bytes), place === 'here' ? WORDS.here : WORDS.onSecond)}
            {!verified && `, ${WORDS.notRead}`}
          </span>
          <Act text={WORDS.restore} label={WORDS.restoreThis(when(at))} onClick={() => onRestore(path)} />
          <Act
            text={WORDS.showFile}
            label={WORDS.showThis(when(at))}
            onClick={() => attempt(() => appClient().call('showArchive', { path }))}
          />
        </li>
      ))}
    </ul>
  )
}

/** Two of one day are told apart by the clock. */
function when(at: number): string {
  const day = dayLabel(at, new Date())
  const clock = clockLabel(at)
  return day === clock ? clock : `${day}, ${clock}`
}
