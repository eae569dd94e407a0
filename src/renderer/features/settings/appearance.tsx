import { Palette } from 'lucide-react'
import { useSession } from '../../state/session.ts'
import { Stepper } from '../../ui/Stepper.tsx'
import { Radios, Select } from './controls.tsx'
import type { SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

const SIZE = { min: 16, max: 22 }
/** DESIGN 3: the line follows the body. */
const LINE = 26 / 18

export function useAppearance(): SettingsSection {
  const { theme, density, bodySize } = useSession(({ settings }) => settings)
  return {
    id: 'appearance',
    title: WORDS.appearance,
    icon: Palette,
    rows: [
      {
        id: 'theme',
        label: WORDS.theme,
        also: WORDS.themeAlso,
        control: (
          <Radios
            label={WORDS.theme}
            options={WORDS.themes}
            value={theme}
            onChange={(theme) => setSettings({ theme })}
          />
        ),
      },
      {
        id: 'body-size',
        label: WORDS.bodySize,
        also: WORDS.bodySizeAlso,
        sample: (
          <span
            className="setting-sample"
            style={{ fontSize: `${bodySize / 16}rem`, lineHeight: `${(bodySize * LINE) / 16}rem` }}
          >
            {WORDS.bodySizeSample(bodySize)}
          </span>
        ),
        control: (
          <Stepper
            {...SIZE}
            value={bodySize}
            less={WORDS.smaller}
            more={WORDS.larger}
            onChange={(bodySize) => setSettings({ bodySize })}
          />
        ),
      },
      {
        id: 'density',
        label: WORDS.density,
        note: WORDS.densityNote,
        also: WORDS.densityAlso,
        control: (
          <Select
            label={WORDS.density}
            value={density}
            options={[
              ['compact', WORDS.densities.compact],
              ['default', WORDS.densities.default],
              ['roomy', WORDS.densities.roomy],
            ]}
            onChange={(density) => setSettings({ density })}
          />
        ),
      },
    ],
  }
}
