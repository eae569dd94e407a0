const many = (count: number, one: string, more: string) => (count === 1 ? one : `${count.toLocaleString()} ${more}`)

export const WORDS = {
  title: 'Settings',
  find: 'Find a setting',
  sections: 'Sections',
  foundFor: (query: string) => `“${query}” in settings`,
  found: (count: number) => `${count} found`,
  nothing: 'Nothing here goes by that name. What is it called elsewhere?',
  showAll: 'Show all settings',
  all: (count: number) => `All ${count}`,
  alsoCalled: (also: string) => `Also called: ${also}`,
  on: 'On',
  off: 'Off',

  general: 'General',
  appearance: 'Appearance',
  shortcuts: 'Shortcuts',
  vaults: 'Vaults',
  backups: 'Backups',

  emptyTrash: 'Empty the trash',
  emptyTrashNote: 'What leaves it leaves this computer, with its versions and out of the archives',
  emptyTrashAlso: 'delete, purge, bin, retention',
  byHand: 'By hand',
  afterDays: (days: number) =>
    days === 365 ? 'After a year' : days % 365 === 0 ? `After ${days / 365} years` : `After ${days} days`,
  crashes: 'Reports of crashes',
  noCrashes: 'None. They stay on this computer, without text of notes',
  crashesNote: (count: number, when: string, last: string) =>
    `${many(count, 'One', 'reports')}, on this computer only, without text of notes. ${last}, ${when}`,
  crashesAlso: 'error, log, diagnostics',
  showFolder: 'Show folder',
  remove: 'Remove',
  about: 'About',
  version: (version: string) => `Throughline ${version}. Nothing leaves this computer until you ask it to`,
  aboutAlso: 'version, privacy, telemetry',

  theme: 'Theme',
  themes: { light: 'Light', dark: 'Dark', system: 'As the system' },
  themeAlso: 'night, colours',
  bodySize: 'Text size',
  bodySizeSample: (size: number) => `Where people write, at ${size} pixels`,
  bodySizeAlso: 'font, zoom',
  smaller: 'Smaller text',
  larger: 'Larger text',
  density: 'Rows',
  densityNote: 'Compact, usual or roomy. Text and targets keep their size',
  densityAlso: 'density, spacing',
  densities: { compact: 'Compact', default: 'Usual', roomy: 'Roomy' },

  shortcutsNote:
    'Any of these can be changed. None uses Control and Alt together, so every keyboard layout can type them.',
  shortcutsNoteMac:
    'Any of these can be changed. None uses Control and Option together, so every keyboard layout can type them.',
  groups: { going: 'Going', writing: 'Writing', looking: 'Looking', anywhere: 'Anywhere' },
  notSet: 'not set',
  or: ' or ',
  changeKeys: (label: string, keys: string) => `${label}: ${keys}. Change`,
  press: 'Press the keys now, or Escape. Backspace takes them away',
  pressing: '…',
  refusals: {
    'needs-modifier': 'A key alone types. Hold Control or Alt with it.',
    'types-letters': 'Some keyboards type letters with these. Choose others.',
    system: 'The system keeps these for itself. Choose others.',
    unknown: 'These cannot be told apart from others. Choose others.',
  },
  fixed: (keys: string, what: string) => `${keys} is “${what}” already, and stays. Choose others.`,
  taken: (keys: string, label: string) => `${keys} is “${label}”.`,
  take: 'Take it from there',
  keep: 'Leave it there',
  putBack: (label: string) => `Put back the keys of “${label}”`,
  putOneBack: 'Put back',
  putAllBack: 'Put all back as they were',

  notes: (count: number) => many(count, '1 note', 'notes'),
  thisVault: 'Shown in this window',
  rename: 'Rename',
  open: 'Open',
  openVault: (name: string) => `Open ${name}`,

  daily: 'Daily archive',
  dailyNote: 'Every vault, beside the store. 7 daily and 4 weekly are kept',
  dailyAlso: 'automatic, schedule, copy',
  last: (when: string, isVerified: boolean) => `Last: ${when}${isVerified ? ', read back whole' : ''}`,
  noneYet: 'None yet',
  show: (count: number) => (count === 1 ? 'Show it' : `Show the ${count}`),
  hide: 'Hide them',
  archives: 'Archives',
  archive: (notes: string, size: string, place: string) => `${notes}, ${size}, ${place}`,
  here: 'beside the store',
  onSecond: 'on the second disk',
  notRead: 'not read back yet',
  restoreThis: (when: string) => `Restore the archive of ${when}`,
  showThis: (when: string) => `Show the archive of ${when}`,
  restore: 'Restore',
  showFile: 'Show',
  now: 'Back up now',
  nowNote: 'One more archive of this vault, read back after it is written',
  running: 'An archive is being made',
  second: 'A second disk',
  secondNone: 'None yet. What lies beside the store is lost with it',
  secondAlso: 'backup to an external drive, usb, folder',
  chooseDisk: 'Choose a disk',
  chooseOther: 'Choose another',
  forget: 'Forget it',
  restoreFrom: 'Restore from a backup',
  restoreNote: 'Opens as a new vault beside this one; nothing is replaced',
  restoreAlso: 'recover, undelete',
  chooseArchive: 'Choose an archive',
  rehearsal: 'Trying a restore',
  rehearsalNone: 'Once a month the newest archive is restored into an empty place and compared. Not tried yet',
  rehearsalNote: (when: string, text: string) => `Last tried ${when}. ${text}`,
  rehearsalAlso: 'test, verify, check',
  tryNow: 'Try a restore now',
  encryption: 'Encryption',
  encryptionNote: 'Notes are not encrypted on disk; the system’s disk encryption does that',

  ask: 'The copy of your notes is on the same disk as the notes.',
  askDetail:
    'What lies beside the store is lost with it. Name a folder on another disk, and every archive is written there too.',
  notNow: 'Not now',
} as const

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** 12 MB, 3.4 GB. */
export function sizeLabel(bytes: number): string {
  let [size, unit] = [bytes, 0]
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000
    unit++
  }
  return `${unit === 0 || size >= 10 ? Math.round(size) : Math.round(size * 10) / 10} ${UNITS[unit]}`
}
