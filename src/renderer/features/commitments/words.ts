import { capital, inWords } from '../../../core/base/in-words.ts'
import type { Status } from '../../../core/commitment/status.ts'

const counted = (count: number, one: string, more: string): string => `${inWords(count)} ${count === 1 ? one : more}`

export const WORDS = {
  title: 'Commitments',
  lede: 'What you and the people you share with are trying right now, and what came of the rest.',
  empty: 'No commitments yet. What would you like to try?',
  write: 'Write it down',

  due: 'Due for review',
  inProgress: 'In progress',
  considering: 'Considering',
  closed: 'Closed',
  columns: {
    review: 'Review',
    due: 'Due',
    restsOn: 'Rests on',
    reach: 'Would reach',
    closed: 'Closed',
    after: 'After',
    who: 'Who',
  },
  nothing: { due: 'Nothing is due for review.', inProgress: 'Nothing else is in progress.' },

  places: (mine: number, limit: number) => `${mine} of ${limit} places taken`,
  inProgressNow: (count: number) => `${count === 0 ? 'None' : capital(inWords(count))} in progress`,
  mineOf: (mine: number, open: number) => {
    if (open === 1) return 'The one in progress is not yours'
    const some = mine === 0 ? 'None' : capital(inWords(mine))
    return `${some} of the ${inWords(open)} in progress ${mine < 2 ? 'is' : 'are'} yours`
  },
  noLimitRest: 'No limit is set.',
  roomRest: (limit: number) => `Your limit is ${inWords(limit)}.`,
  sayName: 'Is one of the names yours? Say so in the settings, and yours are counted.',
  full: 'which is your limit.',
  fullRest: (mine: number) =>
    mine === 1 ? 'Keep, park or drop it to make room.' : 'Keep, park or drop one to make room.',
  overBy: (mine: number, limit: number) => `${inWords(mine - limit)} over your limit of ${inWords(limit)}.`,
  overRest: 'Keep, park or drop one to come back to it.',
  wentOver: (title: string, reason: string) => `You went over it for “${title}”: “${reason}”`,
  quoted: (title: string) => `“${title}”`,
  moreTitles: (count: number) => (count === 1 ? 'one more' : `${inWords(count)} more`),
  /** What another computer, or a file, brought. `who`: '' is you. */
  cameInOne: (title: string, who: string, day: string) =>
    `“${title}” came from elsewhere: ${who === '' ? 'you' : who} opened it${day === '' ? '' : ` ${/^\d/.test(day) ? `on ${day}` : day}`}.`,
  cameIn: (titles: string) => `${titles} came from elsewhere.`,
  openAgain: (titles: string, count: number) =>
    count === 1
      ? `${titles} was decided twice, so it is open again.`
      : `${titles} were decided twice, so they are open again.`,
  nothingDropped: 'Nothing was dropped.',
  noted: 'Noted',
  changeLimit: 'Change limit',
  setLimit: 'Set a limit',
  fewer: 'Lower the limit',
  more: 'Raise the limit',
  takeAway: 'No limit',
  done: 'Done',

  noReview: 'No reviews',
  missed: (count: number) => `${count} missed`,
  noDue: 'No due date',
  restsOnNotes: (count: number) => (count === 0 ? 'Nothing yet' : count === 1 ? '1 note' : `${count} notes`),
  against: (count: number) => `${count} against`,
  notSaid: 'Not said',
  you: 'You',
  invited: (name: string) => `${name}, invited`,

  twice: (endings: string) => `Decided twice: ${endings}. It stays open.`,
  /** By the type of the entry. */
  endings: {
    kept: 'kept',
    pivot: 'pivoted',
    dropped: 'dropped',
    parked: 'parked',
    proceed: 'proceeded',
    opened: 'opened again',
  } as Readonly<Record<string, string>>,
  by: (what: string, who: string) => (who === '' ? what : `${what} by ${who}`),
  marks: (count: number, wanted: number, where: 'proceeding' | 'a pivot') =>
    wanted > 0
      ? `${capital(inWords(count))} of ${inWords(wanted)} marks towards ${where}`
      : `${capital(counted(count, 'mark', 'marks'))} towards ${where}`,
  challenged: (count: number) =>
    count === 1
      ? 'One note it rests on is challenged.'
      : `${capital(inWords(count))} notes that it rests on are challenged.`,
  lastEntry: (day: string, text: string) => `Last note, ${day}: “${text}”`,
  lastEntryUndated: (text: string) => `Last note: “${text}”`,
  parked: (day: string, text: string) => `Parked ${day}${text === '' ? '' : `: “${text}”`}`,
  /** Some go on with the sentence, some begin one. */
  proceedIf: (text: string) => (/^\p{Lu}/u.test(text) ? `Proceed if: ${text}` : `Proceed if ${text}`),
  opened: (day: string) => `Opened ${day}.`,
  fromWhat: 'Which essay or example is this from?',

  closedInYear: 'Closed in the last year',
  alsoAnswer: 'A dropped commitment is also an answer.',
  chart: (kept: number, pivoted: number, dropped: number) =>
    `Closed commitments by month: ${kept} kept, ${pivoted} pivoted, ${dropped} dropped`,
  month: (month: string, kept: number, pivoted: number, dropped: number) =>
    `${month}: ${kept} kept, ${pivoted} pivoted, ${dropped} dropped`,
  ended: { kept: 'Kept', pivoted: 'Pivoted', dropped: 'Dropped' },
  endedLine: (day: string, status: Status, span: string) =>
    `${day === '' ? capital(status) : `${day}, ${status}`}${span === '' ? '' : ` after ${span}`}`,
  allClosed: (count: number) =>
    count === 1 ? 'The one closed commitment' : `All ${count.toLocaleString('en')} closed commitments`,
  lessClosed: 'Without the closed ones',
  noneClosed: 'Nothing has been closed yet.',
  noneThisYear: 'Nothing was closed in the last year.',

  rowName: (title: string, status: string, rest: readonly string[]) =>
    [title, 'commitment', status, ...rest].filter((part) => part !== '').join(', '),
  reviewName: (when: string) => `review ${when}`,
  dueName: (when: string) => `due ${when}`,
  menu: 'Commitment',
  open: 'Open',
  openInTab: 'Open in a new tab',
  review: 'Review',
  copyLink: 'Copy link',
} as const
