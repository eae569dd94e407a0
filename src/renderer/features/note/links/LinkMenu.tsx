import type { LexicalEditor } from 'lexical'
import { Link as LinkIcon, Plus } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { safeUrl } from '../../../../core/link/url.ts'
import type { Completion } from '../../../../editor/extensions/completion.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { isMac } from '../../../state/session.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { NoteGlyph } from '../../kinds/index.ts'
import { WORDS as NOTE_WORDS } from '../words.ts'
import { folderOf, type LinkChoice, linkChoices, nameOf, placeName, type TitleHit } from './link-choices.ts'
import { MatchedText } from './MatchedText.tsx'
import { type PlaceChoice, PlaceMenu } from './PlaceMenu.tsx'
import { readPlace } from './place.ts'
import { SuggestMenu } from './SuggestMenu.tsx'
import { WORDS } from './words.ts'

const MOST = 8

type LinkMenuProps = {
  editor: LexicalEditor
  noteId: NoteId
  completion: Completion
  /** Words of a selection that becomes the link; null where the link is typed. */
  words: string | null
  onChoose: (choice: LinkChoice | PlaceChoice) => void
  onClose: () => void
}

/** The notes that a link may lead to, or the places inside one, under what is typed. */
export function LinkMenu({ editor, noteId, completion, words, onChoose, onClose }: LinkMenuProps) {
  const { query } = completion
  const place = readPlace(query)
  const name = place.asks === 'note' ? nameOf(query) : place.name
  const url = safeUrl(query)
  const { data } = useIndex(`titles:${name}`, (index) => index.call('titles', { query: name, limit: MOST }))
  const last = useRef<readonly TitleHit[]>([])
  // the rows of the last word stay until those of this one are here: nothing flickers
  if (data) last.current = data
  const hits = data ?? last.current
  const choices = useMemo<LinkChoice[]>(
    () => (url ? [{ is: 'address', key: 'address', url }] : linkChoices(query, hits, words)),
    [url, query, hits, words],
  )
  const rows = choices.map((choice, index) => ({
    key: choice.key,
    content: <Row choice={choice} query={name} />,
    isApart: choice.is === 'write' && index > 0,
    takesShiftEnter: choice.is === 'write',
  }))
  const chosen = useRef<{ readonly name: string; readonly hit: TitleHit } | null>(null)
  const first = chosen.current?.name === name ? chosen.current.hit : hits[0]
  if (!url && place.asks !== 'note' && (place.name === '' || first)) {
    // the note that was chosen by its beginning is the one whose headings are shown
    const note = place.name === '' || !first ? null : { ...first, name: placeName(first, hits) }
    return (
      <PlaceMenu
        editor={editor}
        noteId={noteId}
        note={note}
        typed={completion}
        place={{ ...place, shown: place.shown || words }}
        onChoose={onChoose}
        onClose={onClose}
      />
    )
  }
  return (
    <SuggestMenu
      editor={editor}
      typed={completion}
      label={WORDS.links}
      rows={rows}
      {...(url ? {} : { hint: WORDS.hint })}
      onMove={(index) => {
        const choice = choices[index]
        chosen.current = choice?.is === 'note' ? { name, hit: choice.hit } : null
      }}
      onChoose={(index) => {
        const choice = choices[index]
        if (choice) onChoose(choice)
      }}
      onClose={onClose}
    />
  )
}

function Row({ choice, query }: { choice: LinkChoice; query: string }) {
  if (choice.is === 'address') {
    return (
      <>
        <Icon of={LinkIcon} />
        <span className="clip">{WORDS.linkTo(choice.url)}</span>
      </>
    )
  }
  if (choice.is === 'write') {
    return (
      <>
        <Icon of={Plus} />
        <span className="clip">{WORDS.write(choice.title)}</span>
        <small>{isMac() ? '⇧↩' : 'Shift+↩'}</small>
      </>
    )
  }
  const { title, alias, kind } = choice.hit
  return (
    <>
      <NoteGlyph id={choice.hit.id} kind={kind} label={NOTE_WORDS.kind[kind]} />
      <span className="clip authored">
        <MatchedText text={title} query={query} />
      </span>
      <small>{alias ? WORDS.alsoCalled(alias) : folderOf(choice.hit)}</small>
    </>
  )
}
