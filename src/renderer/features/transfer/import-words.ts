import { isSameMapping, type KindRule, type Mapping, readAs } from '../../../core/import/mapping.ts'
import type { Kind } from '../../../core/note/note.ts'
import { readingOf } from '../../../core/relation/words.ts'
import type { ImportPreview } from '../../../ipc/app-contract.ts'

const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${many}`)

export const KIND_WORDS: Record<Kind, { readonly one: string; readonly many: string }> = {
  essay: { one: 'essay', many: 'essays' },
  example: { one: 'example', many: 'examples' },
  commitment: { one: 'commitment', many: 'commitments' },
  note: { one: 'note', many: 'notes' },
}

export const IMPORT_WORDS = {
  reading: 'Reading',
  cells: {
    notes: 'notes',
    links: (unresolved: number) =>
      unresolved === 0 ? 'links' : `links, ${unresolved.toLocaleString()} not written yet`,
    attachments: (size: string) => `attachments, ${size}`,
    tags: 'tags',
    words: 'property words',
  },
  foundBy: 'Found by',
  notes: 'Notes',
  kind: 'Kind',
  rest: 'Everything else',
  said: 'Say their kind themselves',
  firstWins: 'The first that matches wins.',
  addRule: 'Add a rule',
  remove: (rule: string) => `Remove the rule ${rule}`,
  kindOf: (rule: string) => `Kind of ${rule}`,
  wordsWithLinks: 'Words with links',
  used: 'Used',
  readAs: 'Read as',
  readAsOf: (word: string) => `Read ${word} as`,
  leave: 'Leave as a property',
  leftAlone: (plain: number) =>
    `Left alone, their links count as mentions.${plain > 0 ? ` ${count(plain, 'more word holds', 'more words hold')} no links.` : ''}`,
  staysText: 'What stays text',
  stays: {
    dataview: [(n: number) => count(n, 'Dataview query', 'Dataview queries'), 'shown as written, not run'],
    templates: [(n: number) => count(n, 'Templater template', 'Templater templates'), 'kept as written'],
    canvases: [(n: number) => count(n, 'canvas', 'canvases'), 'kept as files, opened by other tools'],
    toml: [
      (n: number) => count(n, 'note with TOML at its head', 'notes with TOML at their head'),
      'kept to the letter, as text: its title, date, tags and draft are not read',
    ],
    blockRefs: [(n: number) => count(n, 'block reference', 'block references'), 'of Logseq, kept as written'],
  } satisfies Record<keyof ImportPreview['stays'], readonly [(n: number) => string, string]>,
  worthKnowing: 'Worth knowing first',
  ambiguous: (n: number) => `${count(n, 'link', 'links')} could mean two notes; the nearest folder wins, and says so`,
  notText: (n: number) => `${count(n, 'file is', 'files are')} not text; kept as it is`,
  sameButCase: (n: number) => `${n.toLocaleString()} names differ only by capitals; all of them come in`,
  twice: (n: number) => `${count(n, 'note matches', 'notes match')} rules of two kinds; the first one wins`,
  again: (again: ImportPreview['again']) => {
    const all = again.reduce((sum, { notes }) => sum + notes, 0)
    const [first] = again
    if (first && again.length === 1) {
      const { one, many } = KIND_WORDS[first.kind]
      const article = first.kind === 'essay' || first.kind === 'example' ? 'an' : 'a'
      return all === 1
        ? `1 note that is in already would become ${article} ${one}`
        : `${all.toLocaleString()} notes that are in already would become ${many}`
    }
    const parts = again.map(({ kind, notes }) => count(notes, KIND_WORDS[kind].one, KIND_WORDS[kind].many))
    return `${all.toLocaleString()} notes that are in already would become ${parts.join(', ')}`
  },
  againText: 'Left alone otherwise. It comes back with the import, and their files stay as they are.',
  rekinded: (n: number) =>
    `${count(n, 'note that was in already has', 'notes that were in already have')} another kind.`,
  relationsRead: 'relations read',
  relationFrom: (relation: string, word: string) => `${relationLabel(relation)}, from “${word}”`,
  wordsLeft: (n: number) => `${count(n, 'word with links stays a property', 'words with links stay properties')}`,
  linksUnder: (n: number) => count(n, 'link', 'links'),
  decide: 'Decide',
  renamed: (n: number) =>
    `${count(n, 'attachment has', 'attachments have')} a name that another file of the vault has; both are kept`,
  renamedTo: (name: string) => `is ${name} here; its notes show it`,
  beside:
    'Kinds and relations are kept beside the files, so the files stay as they are. Later you can ask for “Write kinds into files”. What a word is read as holds for every note of the vault.',
  sample: 'One note like this',
  becomes: ({ kind, relations }: NonNullable<ImportPreview['sample']>) =>
    [
      `${kind === 'essay' || kind === 'example' ? 'an' : 'a'} ${KIND_WORDS[kind].one}`,
      ...relations.map(({ relation, links }) => `${relationLabel(relation)} (${links.toLocaleString()})`),
    ].join(', '),
  keepInStep: 'Keep it in step',
  tookInStep: (seconds: string) => `It took ${seconds}. The folder and the vault follow each other from now on.`,
  notKept: 'The notes are in, but the folder is not kept in step.',
  keepInStepText: 'Changes go both ways from then on. A zip of the folder is made first.',
  kinds: (kinds: ImportPreview['kinds']) =>
    (Object.keys(KIND_WORDS) as Kind[])
      .filter((kind) => kind !== 'note' && kinds[kind] > 0)
      .map((kind) => count(kinds[kind], KIND_WORDS[kind].one, KIND_WORDS[kind].many))
      .join(', '),
  keptBeside: 'Kinds are kept beside the files.',
  writeKinds: 'Write kinds into files',
  wroteKinds: (n: number) =>
    n === 0
      ? 'Every file says its kind already, or is a note.'
      : `${count(n, 'file says its kind', 'files say their kinds')} now.`,
} as const

/** As it stands in a list of verbs: “Rests on”, and in capitals only there. */
export const relationLabel = (relation: string): string => readingOf(relation, false)

export function ruleLabel({ by, key, value }: Pick<KindRule, 'by' | 'key' | 'value'>): string {
  switch (by) {
    case 'folder':
      return key === '' ? IMPORT_WORDS.rest : `Folder ${key}`
    case 'folder-name':
      return `Folders called ${key}`
    case 'tag':
      return `Tag #${key}`
    case 'property':
      return `${key}: ${value}`
  }
}

/** With another kind for the rule at a place. */
export const withKind = (mapping: Mapping, at: number, kind: Kind): Mapping => ({
  ...mapping,
  kinds: mapping.kinds.map((rule, i) => (i === at ? { ...rule, kind } : rule)),
})

/** A rule that is added goes before those that were there: it was made for notes that they took. */
export const withRule = (mapping: Mapping, rule: KindRule): Mapping => ({ ...mapping, kinds: [rule, ...mapping.kinds] })
export const withoutRule = (mapping: Mapping, at: number): Mapping => ({
  ...mapping,
  kinds: mapping.kinds.filter((_, i) => i !== at),
})

export function withWord(mapping: Mapping, word: string, relation: string): Mapping {
  const { [word]: _, ...words } = mapping.words
  return { ...mapping, words: relation === '' ? words : { ...words, [word]: relation } }
}

/** A mapping that only says what holds anyway need not be kept: notes are notes, words are properties. */
export const isPlain = ({ kinds, words }: Mapping): boolean =>
  isSameMapping({ kinds: kinds.filter(({ kind }) => kind !== 'note'), words }, { kinds: [], words: {} })

/** Words that are read as a relation, with their links, the most used first. */
export const relationsRead = ({ words, mapping }: Pick<ImportPreview, 'words' | 'mapping'>) =>
  words.flatMap(({ word, key, links }) => {
    const relation = readAs(key, mapping.words)
    return relation === null ? [] : [{ relation, word, links }]
  })

/** Words with links that stay properties: what somebody may still want to decide. */
export const wordsLeft = ({ words, mapping }: Pick<ImportPreview, 'words' | 'mapping'>) =>
  words.filter(({ key }) => readAs(key, mapping.words) === null)
