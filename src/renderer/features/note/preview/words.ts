import type { Kind } from '../../../../core/note/note.ts'
import {
  DEFAULT_WORDS,
  MENTIONS,
  type RelationWord,
  readDirection,
  readingOf,
} from '../../../../core/relation/words.ts'

const KIND: Record<Kind, string> = { essay: 'Essay', example: 'Example', commitment: 'Commitment', note: 'Note' }
const MANY: Record<Kind, readonly [string, string]> = {
  essay: ['1 essay', 'essays'],
  example: ['1 example', 'examples'],
  commitment: ['1 commitment', 'commitments'],
  note: ['1 note', 'notes'],
}

export const WORDS = {
  kind: KIND,
  name: (title: string) => `Preview of ${title}`,
  where: (folder: string, revised: string) => (folder === '' ? `Revised ${revised}` : `${folder}, revised ${revised}`),
  notWritten: 'Not written yet',
  unwritten: 'This note is not written yet. Following the link writes it.',
  several: 'Several notes have this name. Following the link asks which one.',
  noHeading: (heading: string) => `It has no heading “${heading}” any more.`,
  noBlock: 'The passage that is linked is not in it any more.',
  inTrash: 'It is in the trash.',
  isEmpty: 'Nothing is written in it yet.',
  linkedFrom: (count: number) => (count === 1 ? 'Linked from 1 note' : `Linked from ${count} notes`),
  noLink: 'There is no link at the caret.',
} as const

type Link = { readonly relation: string; readonly kind: Kind }

/** What links to a note say, in few words: “Illustrated by 3”, “2 commitments rest on it”; plain links where no verb does. */
export function sayLinks(links: readonly Link[], words: readonly RelationWord[] = DEFAULT_WORDS): string[] {
  const groups = new Map<string, Link[]>()
  for (const link of links) {
    const { word, inverse } = readDirection(link.relation, words)
    const key = word === 'rests_on' && !inverse ? 'rests_on' : readingOf(link.relation, true, words)
    if (link.relation !== MENTIONS) groups.set(key, [...(groups.get(key) ?? []), link])
  }
  if (groups.size === 0) return links.length === 0 ? [] : [WORDS.linkedFrom(links.length)]
  const order = DEFAULT_WORDS.map(({ inverseReading }) => inverseReading)
  const weight = (key: string) => (key === 'rests_on' ? 1000 : order.includes(key) ? order.indexOf(key) : 100)
  return [...groups]
    .sort(([a], [b]) => weight(a) - weight(b))
    .map(([key, group]) => (key === 'rests_on' ? sayResting(group) : `${key} ${group.length}`))
}

function sayResting(links: readonly Link[]): string {
  const [first] = links
  const isOneKind = first && links.every(({ kind }) => kind === first.kind)
  const [one, many] = MANY[isOneKind ? first.kind : 'note']
  return links.length === 1 ? `${one} rests on it` : `${links.length} ${many} rest on it`
}
