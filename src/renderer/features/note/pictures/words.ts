export const WORDS = {
  missing: (name: string) => `${name} is not in this vault.`,
  pickAnother: 'Pick another file',
  unreadable: (name: string) => `${name} could not be shown as a picture.`,
  open: (name: string) => `Open ${name}`,
  openWord: 'Open',
  shownInFolder: (name: string) => `${name} is not opened from here. Its folder was opened instead.`,
  size: (name: string) => `Width of ${name}`,
  pixels: (width: number) => `${width} pixels`,
  remote: (host: string) => `A picture at ${host}, not loaded.`,
  load: 'Load it',
  loading: (host: string) => `Asking ${host}…`,
  inBrowser: 'Open in the browser',
} as const
