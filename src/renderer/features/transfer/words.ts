const count = (n: number, one: string, many: string) => (n === 1 ? `1 ${one}` : `${n.toLocaleString()} ${many}`)

export const WORDS = {
  cancel: 'Cancel',
  close: 'Close',
  about: (action: string, what: string) => `${action}: ${what}`,
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
  logsKept: (n: number) => `${count(n, 'log stays', 'logs stay')} as written, though its file says otherwise`,
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
  what: 'What',
  as: 'As',
  where: 'Where',
  whats: {
    vault: 'The whole vault',
    folder: 'One folder',
    linked: 'This note and what it links to',
    note: 'This note alone',
    search: 'What the search finds',
  },
  forms: {
    folder: ['Markdown folder', 'Readable anywhere. Links and relations as you wrote them.'],
    zip: ['Markdown zip', 'The same folder, in one file.'],
    html: ['Web page', 'One self-contained HTML file, with its pictures and the links between its notes.'],
    pdf: ['PDF', 'To print and to send. What is folded is open, links are underlined.'],
    archive: ['Throughline archive', 'Everything, with versions and logs, to open on another computer.'],
  },
  amount: (notes: number, files: number | null) =>
    [count(notes, 'note', 'notes'), files ? count(files, 'attachment', 'attachments') : ''].filter(Boolean).join(', '),
  everyLink: 'every link',
  whichFolder: 'Which folder',
  portable: 'Names that every system can hold',
  linksStay: 'Links stay as written, also those that lead to a note not written yet.',
  wholeOnly: 'An archive always holds the whole vault.',
  choose: 'Choose',
  noFolder: 'No folder chosen yet',
  noFile: 'No file chosen yet',
  askedLater: 'You are asked for the file.',
  notEmpty: 'This folder holds files that this copy did not make. Choose an empty one, or make one inside it.',
  print: 'Print…',
  copyOut: (n: number) => `Copy ${count(n, 'note', 'notes')}`,
  copyingOut: 'Copying out',
  outTitle: (n: number, place: string) => `${count(n, 'note is', 'notes are')} in “${place}”`,
  notDoneTitle: 'The copy is not whole',
  outText: (place: string, size: string, when: string) => [place, size, when].join(', '),
  compared: (same: number, files: number) =>
    `Read back and compared: ${same.toLocaleString()} of ${count(files, 'file is', 'files are')} the same`,
  comparedHow: (amount: string) => `${amount}, each by its content hash`,
  linksOut: (n: number) => `${count(n, 'link', 'links')}, all as you wrote them`,
  linksWait: (n: number) =>
    `${n === 0 ? 'None leads' : n === 1 ? '1 leads' : `${n.toLocaleString()} lead`} to a note not written yet, 0 were changed`,
  inside: 'Kinds, relations and logs are inside',
  insideHow: (blockIds: number) =>
    blockIds === 0
      ? 'As properties and plain lines any tool can read'
      : `As properties and plain lines any tool can read, with ${count(blockIds, 'block id', 'block ids')}`,
  versionsStay: (n: number) => `${count(n, 'older version', 'older versions')} stayed here`,
  versionsWhy: 'Markdown has no place for them. A Throughline archive takes them along',
  notShown: (trails: number, pins: number) =>
    [trails > 0 ? count(trails, 'trail', 'trails') : '', pins > 0 ? count(pins, 'pin', 'pins') : '']
      .filter(Boolean)
      .join(' and '),
  notShownWhy: 'They are in .throughline; other tools do not show them',
  renamed: (n: number) => `${count(n, 'name was', 'names were')} made safe`,
  renamedTo: (name: string) => `is ${name} there; its title inside is unchanged`,
  leftAlone: (n: number) => `${count(n, 'file was', 'files were')} changed by somebody else, and left alone`,
  problems: (n: number) => `${count(n, 'file', 'files')} to look at`,
  receipt: 'This list is saved with the copy as',
  pageTitle: 'The page is out',
  archiveTitle: 'The archive is out',
  archiveText: (notes: number, missing: number) =>
    missing === 0
      ? `${count(notes, 'note', 'notes')} with all versions, read back and compared.`
      : `${count(notes, 'note', 'notes')} with all versions, read back and compared. ${count(missing, 'attachment is', 'attachments are')} missing from the vault.`,
  show: 'Show in folder',
  copied: (n: number) =>
    n === 1
      ? 'The note is on the clipboard as Markdown.'
      : `${n.toLocaleString()} notes are on the clipboard as Markdown.`,
} as const

/** 41 seconds, 2 minutes */
export function timeLabel(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000))
  if (seconds < 100) return seconds === 1 ? 'one second' : `${seconds} seconds`
  return `${Math.round(seconds / 60)} minutes`
}
