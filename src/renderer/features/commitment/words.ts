import { dayInWords, longDay } from '../../../core/base/day-words.ts'
import { allOf, capital, inWords, ordinal } from '../../../core/base/in-words.ts'
import type { Status } from '../../../core/commitment/status.ts'
import type { Ending } from '../../state/review.ts'

const STATUS: Readonly<Record<Status, string>> = {
  considering: 'Considering',
  'in progress': 'In progress',
  kept: 'Kept',
  pivoted: 'Pivoted',
  dropped: 'Dropped',
}

const UNITS = { day: ['day', 'days'], week: ['week', 'weeks'], month: ['month', 'months'] } as const
type Cadence = { readonly every: number; readonly unit: keyof typeof UNITS }

/** "every 2 weeks", "every day". */
const every = ({ every, unit }: Cadence): string =>
  every === 1 ? `every ${UNITS[unit][0]}` : `every ${every} ${UNITS[unit][1]}`

const some = (count: number): string => (count === 0 ? 'none' : inWords(count))

export const WORDS = {
  kindNames: { essay: 'essay', example: 'example', commitment: 'commitment', note: 'note' },
  status: STATUS,
  decidedTwice: 'Decided twice',
  /** In the line over the title. */
  whose: (names: readonly string[], isMine: boolean) => {
    if (names.length === 0) return isMine ? 'Yours' : ''
    if (isMine) return `Ours: ${allOf([...names, 'you'])}`
    return names.length === 1 ? `${names[0]}’s` : `Theirs: ${allOf(names)}`
  },
  since: (status: Status, day: string, today: string) =>
    status === 'considering'
      ? `Considering, since ${dayInWords(day, today)}`
      : `${STATUS[status]} ${dayInWords(day, today)}`,

  facts: 'Facts of this commitment',
  statusCell: 'Status',
  statusMenu: (status: string) => `Status: ${status}. What can be done with it`,
  open: 'Open it',
  openAgain: 'Take it up again',
  review: 'Review it now',
  ends: {
    proceed: 'Proceed',
    kept: 'Keep',
    pivot: 'Pivot',
    parked: 'Park',
    dropped: 'Drop',
  } satisfies Record<Ending, string>,
  dropUntried: 'Drop it untried',
  due: 'Due',
  dueDate: 'Due date',
  noDue: 'No due date',
  changeDue: (said: string) => `Due: ${said}. Change it`,
  reviewCell: 'Review',
  reviewEvery: (cadence: Cadence) => `Review ${every(cadence)}`,
  every: (cadence: Cadence) => capital(every(cadence)),
  noReview: 'No review',
  noReviews: 'No reviews',
  changeReview: (said: string) => `Review: ${said}. Change it`,
  cadenceCount: 'Reviewed every',
  cadenceUnit: 'Days, weeks or months',
  setCadence: 'Set',
  units: { day: 'days', week: 'weeks', month: 'months' },
  theNth: (number: number, of: number | null) =>
    of !== null && of >= number ? `the ${ordinal(number)} of ${inWords(of)}` : `the ${ordinal(number)}`,
  letWait: 'Let it wait until tomorrow',
  waits: 'It waits until tomorrow. It is due all the same.',

  proceedIf: 'Proceed if',
  pivotIf: 'Pivot if',
  proceedQuestion: 'What would you see, and how often, that says go on?',
  pivotQuestion: 'What would you see, and how often, before you changed course?',
  editIt: (what: string) => `Change ${what.toLowerCase()}`,
  edit: 'Change',
  marksWanted: 'Marks wanted:',
  marksLabel: (what: string) => `Marks wanted, ${what.toLowerCase()}`,
  marks: (done: number) => (done === 0 ? 'None so far' : `${capital(inWords(done))} done`),
  marksOf: (done: number, wanted: number) =>
    wanted === 0 ? `${done === 0 ? 'None' : capital(inWords(done))} so far` : `${done} of ${wanted}`,
  changeMarks: (what: string, said: string) => `${what}: ${said}. Change how many marks are wanted`,

  restsOn: 'Rests on',
  nothingYet: 'Nothing yet',
  forAgainst: (forIt: number, against: number) =>
    against === 0
      ? forIt === 1
        ? 'One so far'
        : `${capital(inWords(forIt))} for`
      : `${capital(some(forIt))} for, ${inWords(against)} against`,
  carries: { essay: 'the argument', example: 'an example', commitment: 'another commitment', note: 'a note' },
  notWritten: 'not written yet',
  illustrates: 'illustrates it',
  challenges: 'challenges it',
  rereadFirst: 'challenges it: reread first',
  challengesGround: 'challenges another of these',
  rereadGround: 'challenges another of these: reread first',
  pinnedToday: 'pinned as it reads today',
  groundChanged: 'ground changed',
  groundGone: 'the passage is gone',
  add: 'Which example is this from?',
  addMore: 'What else does it rest on?',
  mightFit: (count: number) => `${count} might fit`,
  search: 'Search for what it rests on',
  found: 'Notes',
  nothingFound: 'No note of that name.',
  write: (title: string) => `Write “${title}”`,
  groundMenu: (title: string) => `${title}: what can be done with it`,
  openIt: 'Open it beside',
  pin: 'Pin as it reads today',
  restsNoMore: 'It rests on this no more',
  was: 'The passage this rests on was:',
  wasThere: 'The passage this rests on is gone. It was:',
  stillHolds: 'Still holds',
  stillHoldsOf: (title: string) => `${title} still holds`,
  reviewIt: 'Review',

  whoseTitle: 'Whose',
  neverAssigned: 'An invitation is accepted, never assigned',
  you: 'You',
  unanswered: 'invited, has not answered',
  declined: 'declined',
  invite: 'Invite somebody',
  inviteName: 'Name of whom you invite',
  invitesYou: 'You are invited.',
  accept: 'Accept',
  overAndAccept: 'Go over, and accept it',
  parkAndAccept: (title: string) => `Park ${title}, and accept this`,
  notNow: 'Not now',
  decline: 'Decline',

  log: 'Log',
  logSince: (entries: number, day: string, today: string) =>
    `Log: ${entries === 1 ? 'one entry' : `${entries} entries`} since ${dayInWords(day, today)}`,
  entriesStay: 'Entries stay as written',
  whatSeen: (since: string, today: string) =>
    since === '' || since === today ? 'What did you see?' : `What did you see since ${dayInWords(since, today)}?`,
  today: 'Today',
  kinds: { saw: 'saw', evidence: 'evidence', review: 'review' },
  towards: { proceed: 'towards proceed', pivot: 'towards pivot' },
  kindOfEntry: (said: string) => `Kind of entry: ${said}`,
  kindHelp: {
    saw: 'Something that happened',
    evidence: 'Something that tells for or against',
    review: 'What was seen, and what follows from it',
  },
  countsTowards: 'Counts towards',
  neither: 'Neither',
  toAdd: '↩ to add',
  toReview: '↩ to review',
  added: 'Added to the log.',
  newEntry: (said: string, text: string) => `New in the log: ${said}. ${text}`,
  entryMenu: (said: string) => `Entry of ${said}`,
  shownBy: 'Shown by',
  noEvidence: 'No evidence',
  notHere: 'a note that is not here',
  counts: { proceed: 'Counts towards proceed', pivot: 'Counts towards pivot' },
  wentOver: 'Over the limit',
  withdraw: 'Withdraw it',
  withdrawWhy: 'Why is it withdrawn?',
  withdrawHelp:
    'Its words go, from every copy of this vault; older versions and archives keep them until they are thinned. Who wrote it, when, and your reason stay.',
  keepIt: 'Keep it',
  takenBack: (reason: string) => (reason === '' ? 'Text taken back.' : `Text taken back: ${reason}`),
  whoWrites: 'Who is writing?',
  whoHelp: 'Asked once. Your name stands beside what you add to a log; settings have it.',
  thatsMe: 'Go on',
  nameless: 'Go on without a name',

  twiceTitle: 'This was decided twice',
  twiceHelp:
    'Neither had seen the other’s entry. Both stay in the log, and it is open until one more entry settles it.',
  twiceSaid: (who: string, what: string, day: string) => `${who} ${what}${day === '' ? '' : ` ${day}`}`,
  did: {
    opened: 'opened it',
    proceed: 'went on',
    kept: 'kept it',
    pivot: 'pivoted',
    parked: 'parked it',
    dropped: 'dropped it',
  } as Readonly<Record<string, string>>,
  settle: {
    proceed: 'It goes on',
    kept: 'It is kept',
    pivot: 'It pivoted',
    parked: 'It is parked',
    dropped: 'It is dropped',
  } satisfies Record<Ending, string>,
  settleOn: 'Go on as written. Both entries stay in the log',
  settlePivot: 'Closes this one. A successor that was opened stays as it is',
  settleFirst: 'Settle it',
  settleIt: (what: string) => `Settle it: ${what.charAt(0).toLowerCase()}${what.slice(1)}`,
  settleWhy: 'In a sentence: why',
  settled: (what: string) => `Settled: ${what.charAt(0).toLowerCase()}${what.slice(1)}.`,

  openTitle: 'Open this commitment',
  openText: 'In a sentence: who, how long, and how it is undone',
  inProgress: (mine: number, limit: number | null) => {
    if (limit === null) return mine === 0 ? 'Nothing in progress.' : `${capital(inWords(mine))} in progress.`
    if (mine >= limit) return `${capital(some(mine))} in progress, and your limit is ${inWords(limit)}.`
    return `${capital(some(mine))} in progress. Your limit is ${inWords(limit)}.`
  },
  thatMakes: (count: number, limit: number) => `That makes ${inWords(count)}. Your limit is ${inWords(limit)}.`,
  changeLimit: 'Change limit',
  noLimit: 'No limit',
  limitField: 'In progress at once, at most',
  whatThen: 'What then',
  finishOne: 'Finish one',
  parkOne: 'Park one',
  goOver: 'Go over',
  whichOne: (act: string, title: string) => `${act}: ${title}. Another one`,
  metProceed: 'has met its proceed if',
  metPivot: 'has met its pivot if',
  reviewIs: (day: string, today: string) => `is reviewed next on ${longDay(day, today)}`,
  reviewDue: 'has its review due',
  toItsReview: 'goes to its review',
  backToConsidering: 'would go back to considering',
  goOverHelp: 'With a sentence of why, which goes in the log',
  goOverWhy: 'Why over the limit',
  reviewThat: (title: string) => `Review ${title}`,
  parkThat: (title: string) => `Park ${title}, and open this`,
  overAndOpen: 'Go over, and open it',
  leaveIt: 'Leave it considering',
  parkedFor: (title: string) => `Parked, to make room for [[${title}]].`,
  nothingToFinish: 'Nothing of yours is in progress.',
  sayWhy: 'Say why first: it goes in the log.',

  reviewTitle: 'Review',
  reviewOf: (day: string, nth: string, missed: number) =>
    [
      day,
      nth === '' ? '' : `, ${nth}`,
      missed === 0 ? '. None missed' : missed === 1 ? '. One missed' : `. ${capital(inWords(missed))} missed`,
    ].join(''),
  back: 'Back to the commitment',
  keptAsDraft: 'Kept as a draft',
  whatShows: 'What shows it?',
  atLeastOne: 'At least one, or say there is none',
  writtenToday: 'written today, from this log',
  notReread: (challenges: string, since: string, today: string) =>
    `${challenges}, not reread since ${dayInWords(since, today)}`,
  citeAnother: 'Cite another example',
  citeSearch: 'Search for an example',
  tellIt: 'Tell it now',
  tellTitle: 'What is it called?',
  tellHelp: 'A new example with the words above, which illustrates this commitment',
  tell: 'Write it',
  cancel: 'Not now',
  countsEither: 'Does it count towards either?',
  thisMakes: (count: number) => `This makes ${inWords(count)}`,
  soFar: (count: number) => (count === 0 ? 'None so far' : `${capital(inWords(count))} so far`),
  thisOne: 'This one',
  notThisOne: 'Not this one',
  notWrittenDown: 'Not written down.',
  so: 'So',
  whatFollows: 'What follows',
  follows: {
    proceed: (next: string, due: string, today: string) => {
      if (next === '') return 'Go on as written. There is no next review'
      const day = longDay(next, today)
      return next === due
        ? `Go on as written. The next review is ${day}, which is also when it is due`
        : `Go on as written. The next review is ${day}`
    },
    kept: 'It is how we work now. Closes as kept, and makes room for one',
    pivot: 'Closes this one and opens its successor, in the same place in your limit',
    parked: 'Back to considering. Nothing is lost, and it stops asking',
    dropped: 'Closes as dropped. That is also an answer',
  },
  successor: 'What is the next one called?',
  addAnd: {
    proceed: 'Add to the log, and proceed',
    kept: 'Add to the log, and keep it',
    pivot: 'Add to the log, and pivot',
    parked: 'Add to the log, and park it',
    dropped: 'Add to the log, and drop it',
  } satisfies Record<Ending, string>,
  addToLog: 'Add to the log',
  staysOnce: 'Stays as written once added',
  lacks: {
    seen: 'Say first what you saw.',
    shown: 'Cite an example, or say there is none.',
    so: 'Choose what follows.',
    successor: 'Name the next one.',
  },

  hidePane: 'Hide what was written',
  gone: 'A note that is gone',
  sinceLast: 'Since the last review',
  ground: 'Ground changed',
  reach: 'Reach',
  reachQuestion: 'Who feels it, and how is it undone?',
  reachWords: 'Reach in words',
  rings: ['You', 'Pair', 'Two teams', 'Neighbours', 'Everyone'] as const,
  ifCloses: (count: number) =>
    count === 1
      ? 'If this closes, the note below will say “ground changed”.'
      : `If this closes, the ${count} notes below will say “ground changed”.`,
  restOnIt: 'Rest on it',
  restOn: (title: string) => `Rest on “${title}”`,
} as const
