import { Goal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useSession } from '../../state/session.ts'
import { Stepper } from '../../ui/Stepper.tsx'
import { Switch } from './controls.tsx'
import type { SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

const USUAL = 3
const LIMITS = { min: 1, max: 20 }
const LONGEST_NAME = 100

export function useCommitments(): SettingsSection {
  const { personName, inProgressLimit, reviewNotices } = useSession(({ settings }) => settings)
  return {
    id: 'commitments',
    title: WORDS.commitments,
    icon: Goal,
    rows: [
      {
        id: 'person-name',
        label: WORDS.personName,
        note: WORDS.personNameNote,
        also: WORDS.personNameAlso,
        control: <NameField name={personName} />,
      },
      {
        id: 'has-limit',
        label: WORDS.hasLimit,
        note: WORDS.hasLimitNote,
        also: WORDS.limitAlso,
        control: (
          <Switch
            label={WORDS.hasLimit}
            isOn={inProgressLimit !== null}
            onChange={(isOn) => setSettings({ inProgressLimit: isOn ? USUAL : null })}
          />
        ),
      },
      ...(inProgressLimit === null
        ? []
        : [
            {
              id: 'limit',
              label: WORDS.limit,
              note: WORDS.limitNote,
              also: WORDS.limitAlso,
              control: (
                <Stepper
                  {...LIMITS}
                  value={inProgressLimit}
                  less={WORDS.fewer}
                  more={WORDS.more}
                  onChange={(inProgressLimit) => setSettings({ inProgressLimit })}
                />
              ),
            },
          ]),
      {
        id: 'review-notices',
        label: WORDS.reviewNotices,
        note: WORDS.reviewNoticesNote,
        also: WORDS.reviewNoticesAlso,
        control: (
          <Switch
            label={WORDS.reviewNotices}
            isOn={reviewNotices}
            onChange={(reviewNotices) => setSettings({ reviewNotices })}
          />
        ),
      },
    ],
  }
}

/** Kept when the field is left, or by Enter; Escape goes back to what was. */
function NameField({ name }: { name: string }) {
  const [text, setText] = useState(name)
  useEffect(() => setText(name), [name])
  const keep = () => {
    const next = text.trim()
    setText(next)
    if (next !== name) setSettings({ personName: next })
  }
  return (
    <input
      className="setting-name authored"
      aria-label={WORDS.personName}
      placeholder={WORDS.personNameHint}
      value={text}
      maxLength={LONGEST_NAME}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') keep()
        else if (event.key === 'Escape') setText(name)
      }}
    />
  )
}
