import type { BigChange } from '../../../core/history/version.ts'

const count = (n: number, one: string, many: string): string => (n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${many}`)
const words = (n: number): string => count(n, 'word', 'words')

export const WORDS = {
  versions: 'Versions',
  close: 'Back to writing',
  keep: 'Keep this version under a name',
  rename: 'Change its name',
  // the thread
  kept: (n: number, since: string) =>
    n === 0
      ? 'None is kept yet. One is every few minutes while you write, fewer as they age.'
      : `${n === 1 ? `One kept, ${since}` : `${n.toLocaleString()} kept since ${since}`}. One every few minutes while you write, fewer as they age. Named ones stay.`,
  now: (when: string) => `${when}, now`,
  thisComputer: 'You, this computer',
  by: (what: string) => `You, ${what}`,
  namedByYou: (when: string) => `Named by you, ${when}`,
  firstKept: (n: number) => `the first kept, ${words(n)}`,
  before: {
    import: 'before files were read in',
    rename: 'before a rename',
    move: 'before a move',
    replace: 'before words were replaced',
    merge: 'before a merge',
    restore: 'before a restore',
    bulk: 'before a change of many notes',
  } satisfies Record<BigChange['kind'] | 'bulk', string>,
  delta: (added: number, removed: number) => {
    if (added > 0 && removed > 0) return `${words(added)} added, ${removed.toLocaleString()} removed`
    if (added > 0) return `${words(added)} added`
    if (removed > 0) return `${words(removed)} removed`
    return 'the same words'
  },
  nothingLost: 'Restoring adds a version; nothing is lost.',
  nameOfNow: 'A name for it as it is now',
  nameOf: (moment: string) => `A name for it as it was ${moment}`,
  keepIt: 'Keep it',
  takeNameAway: 'Take the name away',
  cancel: 'Cancel',
  needsName: 'A name of one word is enough.',
  asItStood: 'As it stood on',
  noneBy: (day: string) => `Nothing was kept by then. The first is from ${day}.`,
  // the difference
  comparedWithNow: 'compared with now',
  asItWas: 'as it was',
  counts: (added: number, removed: number, moved: number) => {
    const parts = []
    if (added > 0) parts.push(`${words(added)} added`)
    if (removed > 0) parts.push(added > 0 ? `${removed.toLocaleString()} removed` : `${words(removed)} removed`)
    if (moved > 0) parts.push(`${count(moved, 'passage', 'passages')} moved`)
    return parts.length === 0 ? 'the same words' : parts.join(', ')
  },
  theSame: 'It reads now as it did then.',
  readIt: 'Read it as it was',
  compare: 'Compare with now',
  restore: 'Restore this version',
  list: 'Versions',
  difference: 'What changed',
  change: { rewritten: 'Rewritten', added: 'Added', removed: 'Removed', moved: 'Moved' },
  movedUp: 'Moved up',
  movedDown: 'Moved down',
  movedFrom: (heading: string) => (heading === '' ? 'from the top' : `from ${heading}`),
  about: (day: string) => (day === 'today' || day === 'yesterday' ? day : `about ${day}`),
  restoreChange: {
    rewritten: 'Restore passage',
    removed: 'Restore passage',
    moved: 'Move it back',
    added: 'Take it out',
  },
  unreadable: 'This version cannot be read. The others, and the note, are untouched.',
  restored: (moment: string) => `It reads again as it did: ${moment}.`,
  passageRestored: {
    rewritten: 'The passage reads as it did.',
    removed: 'The passage is back.',
    moved: 'The passage is back where it was.',
    added: 'The passage is out.',
  },
  // large changes
  changes: 'Large changes',
  changesLede: 'What touched many notes at once. Each can be taken back in one step, and that can be taken back too.',
  noChanges: 'Nothing has touched many notes at once yet.',
  changed: (changed: number, created: number) => {
    const parts = []
    if (changed > 0) parts.push(`${count(changed, 'note', 'notes')} changed`)
    if (created > 0) parts.push(`${count(created, 'note', 'notes')} made`)
    return parts.join(', ')
  },
  takeBack: 'Take it back',
  takeBackNamed: (title: string) => `Take it back: ${title}`,
  takenBack: 'Taken back',
  putBackTitle: 'As it all stood',
  putBackLede:
    'Puts the text of notes back as it was at the end of a day. Where nothing was kept by then, a note stays as it is.',
  putBackOn: 'Put notes back as they stood on',
  which: 'Which notes',
  allNotes: 'All notes',
  counting: (done: number, total: number) => `Looking: ${done.toLocaleString()} of ${total.toLocaleString()}`,
  would: (changes: number, without: number) => {
    const first = changes === 0 ? 'No note would change' : `${count(changes, 'note', 'notes')} would change`
    return without === 0 ? `${first}.` : `${first}. Of ${count(without, 'note', 'notes')} nothing was kept by then.`
  },
  putBack: (n: number) => `Put ${count(n, 'note', 'notes')} back`,
  areBack: (n: number, moment: string) =>
    n === 1 ? `One note is as it was on ${moment}.` : `${n.toLocaleString()} notes are as they were on ${moment}.`,
} as const

/** What a run of unchanged passages is folded into: "One paragraph the same". */
export function sameWords(kinds: readonly string[]): string {
  const n = kinds.length
  const of = (is: string) => kinds.every((kind) => kind === is)
  const number = n === 1 ? 'One' : n.toLocaleString()
  if (of('paragraph')) return `${number} ${n === 1 ? 'paragraph' : 'paragraphs'} the same`
  if (of('heading')) return `${number} ${n === 1 ? 'heading' : 'headings'} the same`
  if (of('property')) return `${number} ${n === 1 ? 'property' : 'properties'} the same`
  if (of('item')) return n === 1 ? 'One item the same' : `${number} items of a list the same`
  return `${number} ${n === 1 ? 'passage' : 'passages'} the same`
}
