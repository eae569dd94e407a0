import type { Kind } from '../../../core/note/note.ts'
import type { LinkState } from '../../../editor/extensions/link-states.ts'

const KIND_NAME: Record<Kind, string> = { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' }

export const WORDS = {
  makeExample: 'Make an example',
  kind: KIND_NAME,
  title: 'Title',
  text: 'Text of the note',
  /** Asked where a note has no words yet. */
  question: {
    essay: 'What do you keep saying?',
    example: 'What happened?',
    commitment: 'What will you try, and what would change your mind?',
    note: 'What is it?',
  } satisfies Record<Kind, string>,
  otherWindow: 'Another window',
  refused: 'This note could not be opened. It is still in the vault.',
  readonly:
    'This note holds something that this version cannot show rightly. You can read it; nothing is changed while it is open.',
  emptyTitle: 'A note has a name. It keeps the one it had.',
  fileTooLarge: (name: string) =>
    `${name} is too large to keep with the vault from here. Import the folder that it is in.`,
} as const

/** What a screen reader says of a link (DESIGN 10). */
export function linkLabel(shown: string, state: LinkState | undefined): string {
  switch (state?.type) {
    case 'note':
      return `${shown}, ${KIND_NAME[state.kind].toLowerCase()}`
    case 'unwritten':
      return `${shown}, not written yet`
    case 'ambiguous':
      return `${shown}, several notes`
    case 'image':
      return `${shown}, picture`
    case 'file':
      return `${shown}, file`
    default:
      return shown
  }
}
