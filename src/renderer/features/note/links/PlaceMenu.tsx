import type { LexicalEditor } from 'lexical'
import type { LucideIcon } from 'lucide-react'
import { Code, FileText, Heading, List, MessageSquareQuote, Quote, Table } from 'lucide-react'
import { useMemo, useRef } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import type { Passage, PassageKind } from '../../../../core/note/passages.ts'
import type { Completion } from '../../../../editor/extensions/completion.ts'
import { useIndex, useVault } from '../../../platform/use-live.ts'
import { Icon } from '../../../ui/Icon.tsx'
import type { TitleHit } from './link-choices.ts'
import { MatchedText } from './MatchedText.tsx'
import { type OwnPassage, ownPassages } from './own-passages.ts'
import { whatItIs, whoLeadsTo } from './passage-words.ts'
import { headingAnchor, type TypedPlace } from './place.ts'
import { SuggestMenu } from './SuggestMenu.tsx'
import { WORDS } from './words.ts'

const MOST = 40

/** A place inside a note. `note` is null for the one that is written in, which `own` then stands in. */
export type PlaceChoice = {
  readonly is: 'place'
  readonly note: { readonly id: NoteId; readonly name: string } | null
  readonly passage: Passage
  readonly own: OwnPassage | null
  /** What is written behind the name for a heading, or for a passage that has an id; null where one is to be given. */
  readonly anchor: string | null
  readonly shown: string | null
}

const ICONS: Record<PassageKind, LucideIcon> = {
  heading: Heading,
  paragraph: Quote,
  item: List,
  quote: MessageSquareQuote,
  callout: MessageSquareQuote,
  table: Table,
  code: Code,
  source: FileText,
}

type PlaceMenuProps = {
  editor: LexicalEditor
  noteId: NoteId
  note: (TitleHit & { readonly name: string }) | null
  typed: Completion
  place: TypedPlace
  onChoose: (choice: PlaceChoice) => void
  onClose: () => void
}

/** Headings of a note behind `#`, its passages behind `^`: first words, what they are, and who leads to them. */
export function PlaceMenu({ editor, noteId, note, typed, place, onChoose, onClose }: PlaceMenuProps) {
  const id = note?.id ?? noteId
  const isOwn = note === null || note.id === noteId
  // read once: what is typed of the link changes no other passage
  const own = useMemo(() => (isOwn ? ownPassages(editor) : null), [editor, isOwn])
  const { data } = useVault(isOwn ? null : `passages:${id}`, (vault) => vault.call('passages', { id }))
  const { data: links } = useIndex(`anchors:${id}`, (index) => index.call('anchorLinks', { id }))
  const last = useRef<readonly Passage[]>([])
  if (data) last.current = data
  const all: readonly (Passage | OwnPassage)[] = own ?? data ?? last.current
  const isHeading = place.asks === 'heading'
  const wanted = place.words.toLowerCase()
  const passages = all
    .filter((passage) => (passage.is === 'heading') === isHeading && passage.text !== '')
    .filter((passage) => !('key' in passage) || !isBeingTyped(editor, passage, typed))
    .filter(({ text, id }) => text.toLowerCase().includes(wanted) || (!isHeading && id.startsWith(wanted)))
    .slice(0, MOST)
  const title = note?.title ?? WORDS.thisNote
  const heading = isHeading ? WORDS.headingsIn(title) : WORDS.passagesIn(title)
  const leading = new Map(links?.map((link) => [link.anchor.toLowerCase(), link]))
  return (
    <SuggestMenu
      editor={editor}
      typed={typed}
      label={heading}
      rows={passages.map((passage, index) => {
        const anchor = isHeading ? headingAnchor(passage.text) : `^${passage.id}`
        const who = whoLeadsTo(leading.get(anchor.toLowerCase()))
        const what = isHeading ? who : [whatItIs(passage), who].filter((words) => words !== '').join('. ')
        return {
          key: `${passage.block}:${passage.item}`,
          ...(index === 0 ? { heading } : {}),
          content: (
            <>
              <Icon of={ICONS[passage.is]} size={14} />
              <span className={`clip authored${isHeading ? ` place-level-${passage.n}` : ''}`}>
                <MatchedText text={passage.text} query={place.words} />
              </span>
              <small />
              {what !== '' && <span className="menu-sub clip">{what}</span>}
            </>
          ),
        }
      })}
      onChoose={(index) => {
        const passage = passages[index]
        if (!passage) return
        onChoose({
          is: 'place',
          note: isOwn || !note ? null : { id: note.id, name: note.name },
          passage,
          own: 'key' in passage ? passage : null,
          anchor: isHeading ? headingAnchor(passage.text) : passage.id === '' ? null : `^${passage.id}`,
          shown: place.shown,
        })
      }}
      onClose={onClose}
    />
  )
}

/** A link to the passage that it stands in leads nowhere. */
function isBeingTyped(editor: LexicalEditor, passage: OwnPassage, typed: Completion): boolean {
  const text = editor.getElementByKey(typed.key)
  return editor.getElementByKey(passage.key)?.contains(text) ?? false
}
