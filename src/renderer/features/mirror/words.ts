import { folderCountsText } from '../../../core/import/folder-counts.ts'
import type { MirrorHappened, MirrorState } from '../../../ipc/mirror-shapes.ts'
import { clockLabel } from '../../ui/dates.ts'

type Kind = Exclude<MirrorHappened['kind'], 'changes' | 'compared'>
type Counts = NonNullable<MirrorHappened['counts']>

const count = (n: number, one: string, many: string): string => `${n.toLocaleString()} ${n === 1 ? one : many}`
const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

const kinds: Record<Kind, (path: string, from: string) => [string, string]> = {
  written: (path) => [name(path), ', written to the folder'],
  read: (path) => [name(path), ', read from the folder'],
  renamed: (path, from) => [name(from), from === path ? ' renamed' : ` renamed to ${toName(from, path)}`],
  both: (path) => [name(path), ', changed here and in the folder'],
  trashed: (path) => [name(path), ', deleted in the folder; the note is in the trash'],
  restored: (path) => [name(path), ', back in the folder; the note came out of the trash'],
  'put-back': (path) => [name(path), ', put back into the folder'],
  removed: (path) => [name(path), ', deleted in the folder'],
  'log-kept': (path) => [name(path), ', an entry of its log was changed in the folder and is as it was'],
}

const details: Record<MirrorHappened['kind'], (counts: Counts) => string> = {
  written: () => '',
  read: () => 'Changed by another program',
  renamed: () => 'Links follow it',
  both: () => 'What both wrote is kept',
  trashed: () => '',
  restored: () => '',
  'put-back': () => '',
  removed: () => '',
  'log-kept': () => 'The changed words are kept in a file',
  changes: () => 'By another program, all at once',
  compared: ({ files = 0 }) => count(files, 'file', 'files'),
}

/** One that only moved has the same name: then its folder says where it is. */
const toName = (from: string, path: string): string => (name(from) === name(path) ? path : name(path))

/** The folder and how it is, for a line in the settings. */
export function mirrorNote(state: MirrorState | null): string {
  if (!state) return 'None. This vault is in Throughline’s own store only'
  const { folder, phase, compared } = state
  const when = phase === 'in-step' && compared !== null ? `In step at ${clockLabel(compared)}` : WORDS.state[phase]
  return `${folder}. ${when.replace(/\.$/, '')}`
}

export const WORDS = {
  title: 'Folder in step',
  inStep: 'Kept in step with a folder',
  none: 'This vault is in Throughline’s own store only. Keep a folder of Markdown in step with it, both ways: what you write here goes there within seconds, and what another program writes there comes back.',
  choose: 'Choose a folder',
  starting: 'Making a zip of the folder, then comparing.',
  mayBe:
    'An empty folder, one that this vault was written to, or the one that it came from. A zip of it as it is comes first.',
  lede: (folder: string, compared: string, notes: number, files: number) =>
    `${folder} and this vault say the same, as of ${compared}. ${count(notes, 'note', 'notes')}, ${count(files, 'file', 'files')}.`,
  state: {
    comparing: 'Comparing everything.',
    'in-step': 'In step, both ways.',
    paused: 'Paused.',
    asking: 'Waiting for your answer.',
    missing: 'The folder is not there.',
    trouble: 'Not in step just now.',
  } satisfies Record<MirrorState['phase'], string>,
  missingLine: 'Nothing was taken as deleted. It goes on when the folder is back.',
  pausedLine: 'Nothing is written and nothing is read. Everything is compared when you go on.',
  times: (written: string | null, read: string | null) =>
    [...(written === null ? [] : [`Written at ${written}`]), ...(read === null ? [] : [`read at ${read}`])].join(', '),
  pause: 'Pause',
  resume: 'Go on',
  stop: 'Stop keeping in step',
  vanished: (gone: number, total: number) =>
    gone === 0
      ? 'The folder is empty'
      : `${count(gone, 'note', 'notes')} of ${total.toLocaleString()} vanished from the folder at once`,
  vanishedLine: 'Not taken as deletes. The notes are still here, and nothing was written to the folder.',
  putBack: 'Put files back',
  deleteNotes: 'Delete the notes',
  happened: 'What happened',
  today: 'today',
  nothing: 'Nothing yet.',
  line: (happened: MirrorHappened): { title: string; rest: string; detail: string } => {
    const { kind, path, from, counts = {} } = happened
    const [title, rest] =
      kind === 'changes'
        ? ['', `${folderCountsText(counts)}, read from the folder`]
        : kind === 'compared'
          ? ['', 'Compared everything on opening']
          : kind === 'written' && path === ''
            ? ['', `${count(counts.files ?? 0, 'note', 'notes')} written to the folder`]
            : kinds[kind](path, from)
    return { title, rest, detail: details[kind](counts) }
  },
  difference: 'Difference',
  differenceOf: (what: string) => `Difference: ${what}`,
  undo: 'Undo',
  undoOf: (what: string) => `Undo: ${what}`,
  undone: 'Taken back',
  isAsBefore: (what: string) => `${what} is as it was before. What was written since is in the versions of the note.`,
  showKept: 'Show the changed file',
  showKeptOf: (what: string) => `Show the changed file: ${what}`,
  keepInStep: 'Keep this folder in step from now on',
  where: 'Where the words live',
  whereLine:
    'In Throughline’s own store on this computer. The folder is a copy other tools understand, written within a few seconds.',
  leftAlone: 'Left alone',
  leftAloneLine: (n: number) =>
    `${n === 0 ? 'No file that it does not know' : count(n, 'file that it does not know', 'files that it does not know')}, and anything starting with a dot.`,
  before: 'Before it began',
  zipLine: (day: string, size: string) => `A zip of the folder as it was, ${day}, ${size}.`,
  noZip: 'The folder was empty.',
  showZip: 'Show the zip',
  many: 'Many files at once',
  manyLine: 'It asks when more than a third of the notes vanish.',
  problems: 'Could not be done',
} as const
