import { PenLine } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import type { Spelling } from '../../../ipc/settings-shapes.ts'
import { appClient } from '../../platform/clients.ts'
import { useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import { attempt } from '../note-actions/index.ts'
import { Select, Switch } from './controls.tsx'
import type { SettingRow, SettingsSection } from './section.ts'
import { setSettings } from './set-settings.ts'
import { WORDS } from './words.ts'

/** Languages whose quotes differ, or that many write in. */
const SIGNS = ['en', 'de', 'de-CH', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'da', 'nb', 'fi', 'pl', 'cs', 'hu', 'ru', 'uk']

const names = new Intl.DisplayNames([], { type: 'language' })
function nameOf(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}

export function useWriting(): SettingsSection {
  const settings = useSession((session) => session.settings)
  const { typewriter, focusParagraph, smartSigns, spelling, spellingLanguages } = settings
  const [state, setState] = useState<Spelling | null>(null)
  const [fetching, setFetching] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const read = useCallback(async () => setState(await appClient().call('spelling', {})), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is checked follows the settings
  useEffect(() => attempt(read), [read, spelling, spellingLanguages])

  const fetchOne = (language: string) =>
    attempt(async () => {
      setFetching(language)
      setFailed(null)
      try {
        const { isHere } = await appClient().call('fetchDictionary', { language })
        if (!isHere) setFailed(language)
        await read()
      } finally {
        setFetching(null)
      }
    })
  const chosen = state?.chosen ?? []
  const others = (state?.available ?? []).filter((tag) => !chosen.includes(tag))
  const signs = smartSigns === 'off' || smartSigns === 'system' || SIGNS.includes(smartSigns) ? [] : [smartSigns]

  const languageRow = (tag: string): SettingRow => {
    const isHere = state?.here.includes(tag) === true
    return {
      id: `spelling-${tag}`,
      label: WORDS.spellingIn(nameOf(tag)),
      note: isHere ? WORDS.dictionaryHere : WORDS.dictionaryNotHere,
      also: WORDS.spellingAlso,
      problem: failed === tag ? WORDS.dictionaryFailed(nameOf(tag)) : null,
      control: (
        <>
          {!isHere && (
            <Act text={fetching === tag ? WORDS.fetching : WORDS.fetchDictionary} onClick={() => fetchOne(tag)} />
          )}
          {chosen.length > 1 && (
            <Act
              text={WORDS.remove}
              onClick={() => setSettings({ spellingLanguages: chosen.filter((each) => each !== tag) })}
            />
          )}
        </>
      ),
    }
  }
  return {
    id: 'writing',
    title: WORDS.writing,
    icon: PenLine,
    rows: [
      {
        id: 'typewriter',
        label: WORDS.typewriter,
        note: WORDS.typewriterNote,
        also: WORDS.typewriterAlso,
        control: (
          <Switch label={WORDS.typewriter} isOn={typewriter} onChange={(typewriter) => setSettings({ typewriter })} />
        ),
      },
      {
        id: 'focus-paragraph',
        label: WORDS.focusParagraph,
        note: WORDS.focusParagraphNote,
        also: WORDS.focusParagraphAlso,
        control: (
          <Switch
            label={WORDS.focusParagraph}
            isOn={focusParagraph}
            onChange={(focusParagraph) => setSettings({ focusParagraph })}
          />
        ),
      },
      {
        id: 'smart-signs',
        label: WORDS.smartSigns,
        note: WORDS.smartSignsNote,
        also: WORDS.smartSignsAlso,
        control: (
          <Select
            label={WORDS.smartSigns}
            value={smartSigns}
            options={[
              ['off', WORDS.asTyped],
              ['system', WORDS.asSystem],
              ...[...SIGNS, ...signs].map((tag) => [tag, nameOf(tag)] as const),
            ]}
            onChange={(smartSigns) => setSettings({ smartSigns })}
          />
        ),
      },
      {
        id: 'spelling',
        label: WORDS.spelling,
        note: state?.isSystem ? WORDS.spellingSystem : WORDS.spellingNote,
        also: WORDS.spellingAlso,
        control: <Switch label={WORDS.spelling} isOn={spelling} onChange={(spelling) => setSettings({ spelling })} />,
      },
      ...(spelling && state && !state.isSystem ? chosen.map(languageRow) : []),
      ...(spelling && state && !state.isSystem && others.length > 0
        ? [
            {
              id: 'spelling-more',
              label: WORDS.spellingMore,
              also: WORDS.spellingAlso,
              control: (
                <Select
                  label={WORDS.spellingMore}
                  value=""
                  options={[['', WORDS.choose], ...others.map((tag) => [tag, nameOf(tag)] as const)]}
                  onChange={(tag) => tag !== '' && setSettings({ spellingLanguages: [...chosen, tag] })}
                />
              ),
            },
          ]
        : []),
    ],
  }
}
