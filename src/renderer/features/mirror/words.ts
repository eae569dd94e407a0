import type { MirrorState } from '../../../ipc/app-contract.ts'

type Kind = MirrorState['happened'][number]['kind']

const count = (n: number, one: string, many: string): string => `${n.toLocaleString()} ${n === 1 ? one : many}`
const name = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

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
  sinceStart: 'since Throughline was opened',
  nothing: 'Nothing yet.',
  kinds: {
    written: (path: string) => [name(path), ', written to the folder'],
    read: (path: string) => [name(path), ', read from the folder'],
    renamed: (path: string, from: string) => [name(from), ` renamed to ${name(path)}`],
    both: (path: string) => [name(path), ', changed here and in the folder; what both wrote is kept'],
    trashed: (path: string) => [name(path), ', deleted in the folder; the note is in the trash'],
    restored: (path: string) => [name(path), ', back in the folder; the note came out of the trash'],
    'put-back': (path: string) => [name(path), ', put back into the folder'],
    removed: (path: string) => [name(path), ', deleted in the folder'],
    'log-kept': (path: string) => [name(path), ', an entry of its log was changed in the folder and is as it was'],
  } satisfies Record<Kind, (path: string, from: string) => [string, string]>,
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
