import { useDeferredValue, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import type { Kind } from '../../../core/note/note.ts'
import { useIndex } from '../../platform/use-live.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { Palette, type PaletteOption } from '../../ui/Palette.tsx'
import { attempt } from '../note-actions/index.ts'
import { relate } from './acts.ts'
import { WORDS } from './words.ts'

const TITLES = 12
/** Of all kinds: enough that some of the wanted ones are among them. */
const ASKED = 120

const KINDS: Record<'rests_on' | 'illustrates', readonly Kind[]> = {
  rests_on: ['essay', 'example'],
  illustrates: ['essay'],
}

/** Which note another one rests on, or shows; the relation is then a property of that one. */
export function RelateDialog({ id, title, word }: { id: NoteId; title: string; word: 'rests_on' | 'illustrates' }) {
  const [query, setQuery] = useState('')
  const asked = useDeferredValue(query.trim())
  const { data } = useIndex(`relate:${asked}`, (index) => index.call('titles', { query: asked, limit: ASKED }))
  const options = (data ?? [])
    .filter((each) => each.id !== id && KINDS[word].includes(each.kind))
    .slice(0, TITLES)
    .map(
      (each): PaletteOption => ({
        key: each.id,
        group: '',
        name: `${each.title}, ${WORDS.kinds[each.kind]}`,
        run: () => {
          closeOverlay()
          attempt(() => relate(id, word, each))
        },
        content: (
          <>
            <KindGlyph kind={each.kind} />
            <span className="palette-title clip">{each.title}</span>
            <span className="palette-meta clip">{each.path.split('/').slice(0, -1).join('/')}</span>
          </>
        ),
      }),
    )
  return (
    <Palette
      label={WORDS.pick[word](title)}
      hint={WORDS.pick[word](title)}
      query={query}
      onQuery={setQuery}
      options={options}
      isCurrent={asked === query.trim() && data !== null}
      status={data && options.length === 0 ? WORDS.nothingCalled : ''}
      onClose={closeOverlay}
      foot={
        <span>
          <kbd>↩</kbd>
          {WORDS.chooseKey}
        </span>
      }
    />
  )
}
