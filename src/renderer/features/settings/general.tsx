import { Settings } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { CrashReport } from '../../../ipc/app-contract.ts'
import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import { dayLabel } from '../../ui/dates.ts'
import { attempt } from '../note-actions/index.ts'
import { Select } from './controls.tsx'
import type { SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

const DAYS = [30, 90, 365] as const

export function useGeneral(): SettingsSection {
  const { emptyTrashAfter } = useSession(({ settings }) => settings)
  const version = useSession((session) => session.version)
  const [reports, setReports] = useState<readonly CrashReport[]>([])
  const read = useCallback(async () => setReports(await appClient().call('crashReports', {})), [])
  useEffect(() => attempt(read), [read])

  // A number that another version, or a hand in the file, has set stays to be chosen.
  const days = [...new Set([...DAYS, ...(emptyTrashAfter === null ? [] : [emptyTrashAfter])])].sort((a, b) => a - b)
  const [last] = reports
  return {
    id: 'general',
    title: WORDS.general,
    icon: Settings,
    rows: [
      {
        id: 'trash',
        label: WORDS.emptyTrash,
        note: WORDS.emptyTrashNote,
        also: WORDS.emptyTrashAlso,
        control: (
          <Select
            label={WORDS.emptyTrash}
            value={String(emptyTrashAfter ?? '')}
            options={[['', WORDS.byHand], ...days.map((each) => [String(each), WORDS.afterDays(each)] as const)]}
            onChange={(value) => setSettings({ emptyTrashAfter: value === '' ? null : Number(value) })}
          />
        ),
      },
      {
        id: 'crashes',
        label: WORDS.crashes,
        note: last ? WORDS.crashesNote(reports.length, dayLabel(last.at, new Date()), last.text) : WORDS.noCrashes,
        also: WORDS.crashesAlso,
        control: last && (
          <>
            <Act text={WORDS.showFolder} onClick={() => attempt(() => appClient().call('showCrashReports', {}))} />
            <Act
              text={WORDS.remove}
              onClick={() => attempt(() => appClient().call('removeCrashReports', {}).then(read))}
            />
          </>
        ),
      },
      { id: 'about', label: WORDS.about, note: WORDS.version(version), also: WORDS.aboutAlso },
    ],
  }
}
