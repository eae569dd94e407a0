import type { LexicalEditor } from 'lexical'
import { Hash } from 'lucide-react'
import { useRef } from 'react'
import type { Typed } from '../../../../editor/extensions/completion.ts'
import { tagChoices } from '../../../../editor/extensions/tag-completion.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { MatchedText } from './MatchedText.tsx'
import { SuggestMenu } from './SuggestMenu.tsx'
import { WORDS } from './words.ts'

const MOST = 8
const NONE: readonly { readonly tag: string; readonly notes: number }[] = []

type TagMenuProps = {
  editor: LexicalEditor
  typed: Typed
  onChoose: (tag: string) => void
  onClose: () => void
}

/** Tags of the vault for the letters behind `#`, with the number of notes that have each. */
export function TagMenu({ editor, typed, onChoose, onClose }: TagMenuProps) {
  const { data } = useIndex('tags', (index) => index.call('tags', {}))
  const last = useRef(NONE)
  if (data) last.current = data
  const tags = tagChoices(typed.query, data ?? last.current, MOST)
  return (
    <SuggestMenu
      editor={editor}
      typed={typed}
      label={WORDS.tags}
      rows={tags.map(({ tag, notes }) => ({
        key: tag,
        content: (
          <>
            <Icon of={Hash} size={14} />
            <span className="clip authored">
              <MatchedText text={tag} query={typed.query} />
            </span>
            <small>{WORDS.tagged(notes)}</small>
          </>
        ),
      }))}
      onChoose={(index) => {
        const choice = tags[index]
        if (choice) onChoose(choice.tag)
      }}
      onClose={onClose}
    />
  )
}
