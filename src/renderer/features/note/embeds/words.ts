import type { Kind } from '../../../../core/note/note.ts'

const KIND: Record<Kind, string> = { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' }

/** What an embedded note does to the note around it, by the word of their link, read from the embedded one. */
const DOES: Readonly<Record<string, (kind: string) => string>> = {
  illustrates: (kind) => `illustrates this ${kind}`,
  illustrated_by: (kind) => `illustrated by this ${kind}`,
  challenges: (kind) => `challenges this ${kind}`,
  challenged_by: (kind) => `challenged by this ${kind}`,
  rests_on: (kind) => `rests on this ${kind}`,
  carries: (kind) => `carries this ${kind}`,
  tried_in: (kind) => `tried in this ${kind}`,
  tries: (kind) => `tries this ${kind}`,
  derived_from: (kind) => `derived from this ${kind}`,
  source_of: (kind) => `source of this ${kind}`,
  supersedes: (kind) => `supersedes this ${kind}`,
  superseded_by: (kind) => `superseded by this ${kind}`,
}

export const WORDS = {
  kindLine: (kind: Kind, around: Kind | null, relation: string | null): string => {
    const does = relation && around ? DOES[relation] : undefined
    return does && around ? `${KIND[kind]}, ${does(KIND[around].toLowerCase())}` : KIND[kind]
  },
  embedOf: (title: string) => `From ${title}`,
  open: 'Open where it is written',
  rest: 'Open the rest',
  notWritten: 'Not written yet',
  isNotWritten: 'This note is not written yet.',
  write: 'Write it now',
  several: 'Several notes have this name.',
  choose: 'Choose which one',
  noHeading: (heading: string) => `There is no heading “${heading}” in this note any more.`,
  noBlock: 'The passage that was embedded here is not in this note any more.',
  openNote: 'Open the note',
  inTrash: 'This note is in the trash.',
  openTrash: 'Open the trash',
  isEmpty: 'Nothing is written here yet.',
  above: 'This note is already shown above.',
  tooDeep: 'Embedded here, four notes deep.',
  unreadable: 'This note could not be read just now. It is still in the vault.',
} as const
