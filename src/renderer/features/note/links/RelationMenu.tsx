import type { Kind } from '../../../../core/note/note.ts'
import { wordKey } from '../../../../core/relation/words.ts'
import type { OwnWords, Relation } from '../../../../editor/relations.ts'
import { RelationLine } from '../../../ui/RelationLine.tsx'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { verbChoices } from './verbs.ts'
import { WORDS } from './words.ts'

type RelationMenuProps = {
  rect: () => DOMRect | null
  relation: Relation
  kind: Kind
  own: OwnWords
  onChoose: (word: string) => void
  onClose: () => void
}

/** Every verb that a relation may have in its place, the usual ones of that kind of note first. */
export function RelationMenu({ rect, relation, kind, own, onChoose, onClose }: RelationMenuProps) {
  const { usual } = verbChoices('', kind, own)
  return (
    <ChoiceMenu
      rect={rect}
      label={WORDS.changeVerb}
      heading={WORDS.changeVerb}
      isWide
      choices={usual.map(({ word, reading, says, line }) => ({
        key: word,
        icon: <RelationLine relation={line} />,
        text: reading,
        small: says,
        isCurrent: wordKey(relation.word) === word,
        onChoose: () => onChoose(word),
      }))}
      onClose={onClose}
    />
  )
}
