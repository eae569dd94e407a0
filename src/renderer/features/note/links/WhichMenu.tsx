import { KindGlyph } from '../../../ui/KindGlyph.tsx'
import type { Choice } from '../follow.ts'
import { WORDS as NOTE_WORDS } from '../words.ts'
import { ChoiceMenu } from './ChoiceMenu.tsx'
import { folderOf } from './link-choices.ts'
import { WORDS } from './words.ts'

type WhichMenuProps = {
  rect: () => DOMRect | null
  choices: readonly Choice[]
  onChoose: (choice: Choice) => void
  onClose: () => void
}

/** Which of several notes of one name a link means: shown, never guessed silently (PRODUCT, "Links"). */
export function WhichMenu({ rect, choices, onChoose, onClose }: WhichMenuProps) {
  return (
    <ChoiceMenu
      rect={rect}
      label={WORDS.which}
      heading={WORDS.which}
      choices={choices.map((choice, index) => ({
        key: choice.id,
        icon: <KindGlyph kind={choice.kind} label={NOTE_WORDS.kind[choice.kind]} />,
        text: choice.title,
        isAuthored: true,
        small: folderOf(choice),
        ...(index === 0 ? { sub: WORDS.nearest } : {}),
        onChoose: () => onChoose(choice),
      }))}
      onClose={onClose}
    />
  )
}
