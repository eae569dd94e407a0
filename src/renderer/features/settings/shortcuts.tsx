import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { COMMANDS, type CommandId, type CommandSpec, keysOf } from '../../../ipc/commands.ts'
import { isMac, useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import { keysLabel } from '../commands/index.ts'
import { KeyField } from './KeyField.tsx'
import { conflictOf, withKeys, withOwnKeys } from './record-keys.ts'
import type { SettingRow, SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

type Asked = { readonly id: CommandId; readonly keys: string; readonly label: string }

/** What the first part of an id says a command is about, in the order of the page. */
const GROUPS = [
  [WORDS.groups.going, ['go', 'tab']],
  [WORDS.groups.anywhere, ['window', 'app', 'vault', 'folder']],
  [WORDS.groups.writing, ['note']],
  [WORDS.groups.looking, ['view', 'theme', 'text']],
] as const
const KNOWN: readonly string[] = GROUPS.flatMap(([, parts]) => parts)

function groupOf(id: string): { group: string; place: number } {
  const part = id.split('.')[0] ?? ''
  const group = GROUPS.find(([, parts]) => (parts as readonly string[]).includes(part))?.[0] ?? WORDS.groups.writing
  const at = KNOWN.indexOf(part)
  return { group, place: at < 0 ? KNOWN.length : at }
}

export function useShortcuts(): SettingsSection {
  const chosen = useSession(({ settings }) => settings.keys)
  const mac = isMac()
  const [recording, setRecording] = useState<CommandId | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [problem, setProblem] = useState<{ id: CommandId; text: string } | null>(null)
  const set = (keys: Record<string, string>) => {
    setAsked(null)
    setProblem(null)
    setRecording(null)
    setSettings({ keys })
  }
  const start = (id: CommandId) => {
    setAsked(null)
    setProblem(null)
    setRecording(id)
  }
  const take = (id: CommandId, keys: string) => {
    const conflict = conflictOf(keys, id, chosen, mac)
    if (conflict === null) return set(withKeys(chosen, id, keys, mac))
    if (conflict.with === 'fixed') return setProblem({ id, text: WORDS.fixed(keysLabel(keys, mac), conflict.what) })
    setRecording(null)
    setProblem(null)
    setAsked({ id, keys, label: conflict.label })
  }

  const row = ({ id, ...spec }: CommandSpec & { id: CommandId }): SettingRow => {
    const keys = keysOf({ id, ...spec }, mac, chosen).map((each) => keysLabel(each, mac))
    const isRecording = recording === id
    return {
      id,
      label: spec.label,
      // So that a search for keys finds what they do.
      also: keys.join(WORDS.or),
      group: groupOf(id).group,
      isSlim: true,
      ...(isRecording ? { note: WORDS.press } : {}),
      problem: problem?.id === id ? problem.text : null,
      control: (
        <>
          {Object.hasOwn(chosen, id) && !isRecording && (
            <Act
              text={WORDS.putOneBack}
              label={WORDS.putBack(spec.label)}
              onClick={() => set(withOwnKeys(chosen, id, mac))}
            />
          )}
          <KeyField
            label={spec.label}
            keys={keys}
            isRecording={isRecording}
            onStart={() => start(id)}
            onKeys={(pressed) => take(id, pressed)}
            onRemove={() => set(withKeys(chosen, id, '', mac))}
            onRefused={(why) => setProblem({ id, text: WORDS.refusals[why] })}
            onCancel={() => {
              setRecording(null)
              setProblem(null)
            }}
          />
        </>
      ),
      below: asked?.id === id && (
        <p className="key-question" role="alert">
          {WORDS.taken(keysLabel(asked.keys, mac), asked.label)}{' '}
          <Act text={WORDS.take} onClick={() => set(withKeys(chosen, id, asked.keys, mac))} />
          <Act text={WORDS.keep} onClick={() => setAsked(null)} />
        </p>
      ),
    }
  }
  const rows = COMMANDS.map(row)
  return {
    id: 'shortcuts',
    title: WORDS.shortcuts,
    icon: Keyboard,
    lede: mac ? WORDS.shortcutsNoteMac : WORDS.shortcutsNote,
    isGrouped: true,
    rows: rows.sort((a, b) => groupOf(a.id).place - groupOf(b.id).place),
    foot: Object.keys(chosen).length > 0 && <Act text={WORDS.putAllBack} onClick={() => set({})} />,
  }
}
