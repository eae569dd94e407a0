import { useDeferredValue, useState } from 'react'
import { KINDS, type Kind } from '../../../core/note/note.ts'
import { useIndex } from '../../platform/use-live.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { NoteGlyph } from '../kinds/index.ts'
import { attempt, startFromNote } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

const TITLES = 200
const SHOWN = 40

/** Notes that a new one can take its structure from, those of one kind or of all, by kind. */
export function StartFromPicker({ kind }: { kind: Kind | null }) {
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query.trim())
  const { data } = useIndex(`start-from:${asked}`, (index) => index.call('titles', { query: asked, limit: TITLES }))
  const kinds = kind === null ? KINDS : [kind]
  const found = kinds.flatMap((each) => (data ?? []).filter((title) => title.kind === each))
  const options = found.slice(0, SHOWN).map(
    ({ id, title, kind: own, path }): PaletteOption => ({
      key: id,
      group: kind === null ? WORDS.groups[own] : '',
      name: `${title}, ${WORDS.kinds[own]}`,
      run: ({ isMod }) => {
        closeOverlay()
        attempt(() => startFromNote(id, { newTab: isMod }))
      },
      content: (
        <>
          <NoteGlyph id={id} kind={own} />
          <span className="palette-title clip">{title}</span>
          <span className="palette-meta clip">{path.split('/').slice(0, -1).join('/')}</span>
        </>
      ),
    }),
  )
  const isCurrent = asked === query.trim() && data !== null
  return (
    <Palette
      label={WORDS.pick[kind ?? 'any']}
      hint={WORDS.filter}
      query={query}
      onQuery={setQuery}
      options={options}
      isCurrent={isCurrent}
      status={isCurrent && options.length === 0 ? WORDS.nothing : ''}
      onClose={closeOverlay}
      foot={
        <span>
          <kbd>↩</kbd>
          {WORDS.start}
        </span>
      }
    />
  )
}
