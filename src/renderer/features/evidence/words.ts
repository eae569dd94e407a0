import { inWords } from '../../../core/base/in-words.ts'
import type { EvidenceListId } from './lists.ts'

const noteCount = (count: number): string => (count === 1 ? '1 note' : `${count.toLocaleString('en')} notes`)
const exampleCount = (count: number): string => (count === 1 ? '1 example mentions' : `${count} examples mention`)

export const WORDS = {
  title: 'Evidence',
  lede: 'What carries what, and where nothing does yet.',
  lists: 'Lists',
  all: 'All lists',
  about: 'These follow what is written and how it is linked. They are questions, not faults; a list may stay full.',
  show: 'Show',
  leaveOut: 'Leave out drafts',
  /** At the side. */
  side: {
    'essays-without-example': 'Essays without an example',
    'one-source': 'Essays with one source only',
    contested: 'Contested essays',
    'unused-examples': 'Examples nobody uses',
    'rests-on-nothing': 'Rest on nothing',
    'ground-changed': 'Ground changed',
  } satisfies Record<EvidenceListId, string>,
  head: {
    'essays-without-example': 'Essays without an example',
    'one-source': 'Essays with one source only',
    contested: 'Contested',
    'unused-examples': 'Examples nobody uses',
    'rests-on-nothing': 'Commitments that rest on nothing',
    'ground-changed': 'Ground changed',
  } satisfies Record<EvidenceListId, string>,
  sorted: {
    'essays-without-example': 'most linked first',
    'one-source': 'most linked first',
    contested: 'both illustrated and challenged',
    'unused-examples': 'most linked first',
    'rests-on-nothing': '',
    'ground-changed': 'after something was made to rest on it',
  } satisfies Record<EvidenceListId, string>,
  more: (count: number) => `${count.toLocaleString('en')} more`,
  moreOf: (count: number, list: string) => `${count.toLocaleString('en')} more: ${list}`,
  none: 'None now. It fills by itself when there is one.',
  empty: 'Nothing is written yet that could carry something else. What do you keep arguing for?',
  writeEssay: 'Write an essay',
  allQuiet: 'Every list is empty: what is written carries, and is carried.',

  links: (count: number) =>
    count === 0 ? 'No note links here' : `${noteCount(count)} ${count === 1 ? 'links' : 'link'} here`,
  wouldReach: (reach: string) => (reach === '' ? 'Reach not said' : `Would reach ${reach}`),
  tellQuestion: 'Is there one you keep telling people?',
  mentionedWithout: (count: number) =>
    `${exampleCount(count)} it without saying what ${count === 1 ? 'it shows' : 'they show'}`,
  anotherQuestion: 'Did it happen anywhere else?',
  only: 'Only',
  mentionedUnused: (count: number) =>
    `${count === 1 ? '1 note mentions' : `${count.toLocaleString('en')} notes mention`} it. What does it show?`,
  whatShows: 'What does it show?',
  fromWhat: 'Which essay or example is this from?',
  restsOnOne: (count: number) =>
    count === 1
      ? '1 example mentions it. Does it rest on that?'
      : `${count} examples mention it. Does it rest on one of them?`,
  illustrate: (count: number) => (count === 1 ? '1 illustrates' : `${count} illustrate`),
  challenge: (count: number) => (count === 1 ? '1 challenges' : `${count} challenge`),
  challengedBy: 'Challenged by',
  andMore: (count: number) => `and ${inWords(count)} more`,
  goneFrom: 'no longer in',
  inNote: 'in',
  noNote: 'The note that it rested on is not in the vault any more.',
  readOn: (day: string) => (day === '' ? '' : `Read ${day}`),

  tell: 'Tell one',
  tellAnother: 'Tell another',
  see: (count: number) => (count === 1 ? 'See it' : `See the ${inWords(count)}`),
  choose: 'Choose one',
  say: 'Say what it shows',
  stillHolds: 'Still holds',
  review: 'Review',
  reread: 'Reread',
  seeChallenge: (count: number) => (count === 1 ? 'Read the challenge' : 'Read them'),
  /** For whom only hears the link. */
  about_: (act: string, title: string) => `${act}: ${title}`,

  pick: {
    rests_on: (title: string) => `What does “${title}” rest on?`,
    illustrates: (title: string) => `What does “${title}” show?`,
  },
  nothingCalled: 'Nothing is called that.',
  chooseKey: 'Choose',
  kinds: { essay: 'essay', example: 'example', commitment: 'commitment', note: 'note' },
} as const
