import type { ReactNode } from 'react'
import type { Settings } from '../../../ipc/app-contract.ts'
import { COMMANDS, type CommandSpec, keysOf } from '../../../ipc/commands.ts'
import { appClient } from '../../platform/clients.ts'
import { isMac, useSession } from '../../state/session.ts'
import '../../ui/view.css'
import { keysLabel } from '../commands/index.ts'
import { attempt } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './settings.css'

const SIZES = [16, 17, 18, 19, 20, 21, 22] as const

/** What there is to set; the keys are listed, not yet changed. */
export function SettingsView() {
  const settings = useSession((session) => session.settings)
  const version = useSession((session) => session.version)
  const set = (change: Partial<Settings>) => attempt(() => appClient().call('setSettings', change))
  return (
    <div className="view">
      <div className="settings">
        <h1 className="view-title">{WORDS.title}</h1>
        <section className="view-section" aria-labelledby="settings-appearance">
          <h2 className="view-section-head" id="settings-appearance">
            {WORDS.appearance}
          </h2>
          <Choice
            label={WORDS.theme}
            options={WORDS.themes}
            value={settings.theme}
            onChange={(theme) => set({ theme })}
          />
          <Choice
            label={WORDS.density}
            note={WORDS.densityNote}
            options={WORDS.densities}
            value={settings.density}
            onChange={(density) => set({ density })}
          />
          <Setting label={WORDS.bodySize} note={WORDS.bodySizeNote}>
            <select
              className="select num"
              aria-label={WORDS.bodySize}
              value={settings.bodySize}
              onChange={(event) => set({ bodySize: Number(event.currentTarget.value) })}
            >
              {SIZES.map((size) => (
                <option key={size}>{size}</option>
              ))}
            </select>
          </Setting>
        </section>
        <section className="view-section" aria-labelledby="settings-keyboard">
          <h2 className="view-section-head" id="settings-keyboard">
            {WORDS.keyboard}
          </h2>
          <ul>
            {(COMMANDS as readonly CommandSpec[])
              .map((command) => ({ command, keys: keysOf(command, isMac()) }))
              .filter(({ keys }) => keys.length > 0)
              .map(({ command, keys }) => (
                <li key={command.id} className="setting is-key">
                  <span>{command.label}</span>
                  <span>
                    {keys.map((each) => (
                      <kbd key={each}>{keysLabel(each, isMac())}</kbd>
                    ))}
                  </span>
                </li>
              ))}
          </ul>
        </section>
        <section className="view-section" aria-labelledby="settings-about">
          <h2 className="view-section-head" id="settings-about">
            {WORDS.about}
          </h2>
          <p className="setting-about">{WORDS.version(version)}</p>
          <p className="setting-about">{WORDS.privacy}</p>
        </section>
      </div>
    </div>
  )
}

function Setting({ label, note, children }: { label: string; note?: string; children: ReactNode }) {
  return (
    <div className="setting">
      <div>
        <b>{label}</b>
        {note && <small>{note}</small>}
      </div>
      {children}
    </div>
  )
}

type ChoiceProps<V extends string> = {
  label: string
  note?: string
  options: Readonly<Record<V, string>>
  value: V
  onChange: (value: V) => void
}

function Choice<V extends string>({ label, note, options, value, onChange }: ChoiceProps<V>) {
  return (
    <Setting label={label} {...(note === undefined ? {} : { note })}>
      <div className="segments" role="radiogroup" aria-label={label}>
        {(Object.entries(options) as [V, string][]).map(([each, text]) => (
          <label key={each} className="segment">
            <input type="radio" name={label} checked={each === value} onChange={() => onChange(each)} />
            {text}
          </label>
        ))}
      </div>
    </Setting>
  )
}
