export const WORDS = {
  title: 'Settings',
  appearance: 'Appearance',
  theme: 'Light or dark',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
  density: 'Rows',
  densityNote: 'Changes lists only. The text keeps its size.',
  densities: { compact: 'Compact', default: 'Usual', roomy: 'Roomy' },
  bodySize: 'Size of the text',
  bodySizeNote: 'From 16 to 22. Lines grow with it.',
  keyboard: 'Keyboard',
  about: 'About',
  version: (version: string) => `Throughline ${version}`,
  privacy:
    'Nothing leaves this computer until you ask it to. Notes are not encrypted on disk; your system’s disk encryption does that.',
} as const
