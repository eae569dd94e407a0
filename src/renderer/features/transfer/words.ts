const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${many}`)

export const WORDS = {
  cancel: 'Cancel',
  close: 'Close',
  // import
  looking: 'Looking into the folder…',
  previewTitle: (name: string) => `Copy in “${name}”`,
  onlyRead: (folder: string) => `${folder}. The folder is only read, never written to.`,
  copy: (n: number) => `Copy ${count(n, 'note', 'notes')}`,
  nothingToCopy: 'No Markdown was found in this folder. Choose another?',
  chooseOther: 'Choose another',
  tally: { notes: 'notes', attachments: 'attachments', size: 'in all' },
  leftOut: (n: number) => `${count(n, 'file', 'files')} will be left out`,
  copying: (name: string) => `Copying in “${name}”`,
  stop: 'Stop',
  stopping: 'Stopping…',
  phases: {
    scan: 'Looking into the folder',
    read: (done: string, total: string) => `${done} of ${total} files`,
    index: 'Reading the links',
    write: (done: string, total: string) => `${done} of ${total} files`,
    verify: 'Reading it back and comparing',
  },
  doneTitle: (name: string) => `“${name}” is in`,
  stoppedTitle: 'Stopped',
  stoppedText: (n: number) =>
    `${count(n, 'note', 'notes')} came in before. Copy the folder in again to go on from there; nothing comes twice.`,
  took: (seconds: string) => `It took ${seconds}. The folder was not written to.`,
  reportTally: {
    notes: 'notes',
    links: 'links lead to a note',
    unresolved: 'not written yet',
    attachments: 'attachments',
  },
  asText: (n: number) => `${count(n, 'file is', 'files are')} kept as plain text`,
  skipped: (n: number) => `${count(n, 'file was', 'files were')} left out`,
  changes: (created: number, updated: number, unchanged: number) =>
    [
      created > 0 ? `${created.toLocaleString()} new` : '',
      updated > 0 ? `${updated.toLocaleString()} changed` : '',
      unchanged > 0 ? `${unchanged.toLocaleString()} as they were` : '',
    ]
      .filter(Boolean)
      .join(', '),
  openIt: 'Open it',
  done: 'Done',
  takeBack: 'Take it back',
  more: (n: number) => `and ${n.toLocaleString()} more`,
  failedTitle: 'That did not work',
  // export
  exportTitle: 'Take a copy out',
  exportLede: (name: string, n: number) => `${name}: ${count(n, 'note', 'notes')}, every link and attachment.`,
  readable: 'Readable anywhere. Links and relations as you wrote them.',
  where: 'Where',
  choose: 'Choose',
  noFolder: 'No folder chosen yet',
  notEmpty: 'This folder holds files that Throughline did not write. Choose an empty one, or make one inside it.',
  copyOut: (n: number) => `Copy ${count(n, 'note', 'notes')}`,
  copyingOut: 'Copying out',
  outTitle: 'The copy is out',
  outText: (folder: string) => `In ${folder}. Each note was read back and compared.`,
  outTally: { notes: 'notes', written: 'written now', attachments: 'attachments', size: 'in all' },
  leftAlone: (n: number) => `${count(n, 'file was', 'files were')} changed by somebody else, and left alone`,
  problems: (n: number) => `${count(n, 'note', 'notes')} to look at`,
  receipt: (path: string) => `The receipt is ${path}.`,
  show: 'Show the folder',
} as const

/** 41 seconds, 2 minutes */
export function timeLabel(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 100) return seconds === 1 ? 'one second' : `${seconds} seconds`
  return `${Math.round(seconds / 60)} minutes`
}
