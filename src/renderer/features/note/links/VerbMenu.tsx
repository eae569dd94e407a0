import type { LexicalEditor } from 'lexical'
import type { Kind } from '../../../../core/note/note.ts'
import type { VerbTyped } from '../../../../editor/extensions/verb-completion.ts'
import type { OwnWords } from '../../../../editor/relations.ts'
import { RelationLine } from '../../../ui/RelationLine.tsx'
import { SuggestMenu } from './SuggestMenu.tsx'
import { verbChoices } from './verbs.ts'
import { WORDS } from './words.ts'

type VerbMenuProps = {
  editor: LexicalEditor
  typed: VerbTyped
  kind: Kind
  own: OwnWords
  onChoose: (word: string) => void
  onClose: () => void
}

/** The verbs that a relation may begin with, under the word that is typed before `::`. */
export function VerbMenu({ editor, typed, kind, own, onChoose, onClose }: VerbMenuProps) {
  const { matches, usual, heading } = verbChoices(typed.query, kind, own)
  const verbs = [...matches, ...usual]
  return (
    <SuggestMenu
      editor={editor}
      typed={typed}
      label={WORDS.relations}
      rows={verbs.map(({ word, reading, says, line }, index) => ({
        key: word,
        ...(index === matches.length ? { heading } : {}),
        content: (
          <>
            <RelationLine relation={line} />
            <span className="clip">{reading}</span>
            <small>{says}</small>
          </>
        ),
      }))}
      onChoose={(index) => {
        const verb = verbs[index]
        if (verb) onChoose(verb.word)
      }}
      onClose={onClose}
    />
  )
}
