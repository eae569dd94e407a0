/**
 * What a person can do, as data: the window runs it, main makes menus of it, the palette and the
 * keyboard read it (STYLE, 12). `keys` is in tinykeys' notation, where `$mod` is Cmd or Ctrl.
 */
export type CommandSpec = {
  readonly id: string
  readonly label: string
  readonly keys?: string
  /** Other keys for the same thing; menus show the first only. */
  readonly otherKeys?: readonly string[]
  /** Instead of `keys` on a Mac. */
  readonly macKeys?: string
  /** The menu that shows it, in the order of this list; a change of `group` draws a line. */
  readonly menu?: 'file' | 'note' | 'view' | 'go'
  readonly group?: number
}

export const COMMANDS = [
  { id: 'note.new', label: 'New note', keys: '$mod+n', menu: 'file', group: 1 },
  { id: 'note.new-essay', label: 'New essay', menu: 'file', group: 1 },
  { id: 'note.new-example', label: 'New example', menu: 'file', group: 1 },
  { id: 'note.new-commitment', label: 'New commitment', menu: 'file', group: 1 },
  { id: 'note.start-from', label: 'Start from this note', menu: 'file', group: 1 },
  { id: 'note.start-from-example', label: 'Start a note from an example…', menu: 'file', group: 1 },
  { id: 'note.today', label: 'Today’s note', keys: '$mod+Shift+d', menu: 'file', group: 1 },
  { id: 'window.new', label: 'New window', keys: '$mod+Shift+n', menu: 'file', group: 2 },
  { id: 'tab.to-window', label: 'Open this tab in a new window', menu: 'file', group: 2 },
  { id: 'tab.new', label: 'New tab', keys: '$mod+t', menu: 'file', group: 2 },
  { id: 'tab.close', label: 'Close tab', keys: '$mod+w', menu: 'file', group: 2 },
  { id: 'tab.reopen', label: 'Reopen closed tab', keys: '$mod+Shift+t', menu: 'file', group: 2 },
  { id: 'vault.new', label: 'New vault', menu: 'file', group: 3 },
  { id: 'vault.open-folder', label: 'Open a folder of Markdown', menu: 'file', group: 3 },
  { id: 'vault.import', label: 'Copy a folder into this vault', menu: 'file', group: 3 },
  { id: 'vault.import-file', label: 'Copy a zip or a Markdown file into this vault', menu: 'file', group: 3 },
  { id: 'vault.write-kinds', label: 'Write kinds into files', menu: 'file', group: 3 },
  { id: 'vault.export', label: 'Take a copy out as Markdown', menu: 'file', group: 3 },
  { id: 'vault.mirror', label: 'Keep a folder in step', menu: 'file', group: 3 },
  { id: 'vault.rename', label: 'Rename this vault', menu: 'file', group: 3 },
  { id: 'vault.relation', label: 'Add a relation to this vault', menu: 'file', group: 3 },
  { id: 'folder.new', label: 'New folder', menu: 'file', group: 3 },
  { id: 'app.settings', label: 'Settings', keys: '$mod+,', menu: 'file', group: 4 },

  { id: 'note.find', label: 'Find in this note', keys: '$mod+f', menu: 'note', group: 0 },
  { id: 'note.replace', label: 'Replace in this note', keys: '$mod+h', macKeys: '$mod+r', menu: 'note', group: 0 },
  { id: 'note.find-next', label: 'Next place', keys: 'F3', menu: 'note', group: 0 },
  { id: 'note.find-previous', label: 'Previous place', keys: 'Shift+F3', menu: 'note', group: 0 },
  { id: 'note.rename', label: 'Rename note', keys: 'F2', menu: 'note', group: 1 },
  { id: 'note.add-property', label: 'Add a property', menu: 'note', group: 1 },
  { id: 'note.move', label: 'Move note to a folder', menu: 'note', group: 1 },
  { id: 'note.copy-link', label: 'Copy link to note', menu: 'note', group: 1 },
  { id: 'note.copy-markdown', label: 'Copy note as Markdown', menu: 'note', group: 1 },
  { id: 'note.export', label: 'Take a copy of this note out', menu: 'note', group: 1 },
  { id: 'note.versions', label: 'Versions of this note', menu: 'note', group: 2 },
  { id: 'note.blast-radius', label: 'What rests on this', keys: '$mod+Shift+b', menu: 'note', group: 2 },
  { id: 'note.keep-version', label: 'Keep this version under a name', menu: 'note', group: 2 },
  { id: 'note.web-page', label: 'Save note as a web page', menu: 'note', group: 2 },
  { id: 'note.pdf', label: 'Save note as PDF', menu: 'note', group: 2 },
  { id: 'note.print', label: 'Print note', menu: 'note', group: 2 },
  { id: 'note.kind-essay', label: 'Make it an essay', menu: 'note', group: 3 },
  { id: 'note.kind-example', label: 'Make it an example', menu: 'note', group: 3 },
  { id: 'note.kind-commitment', label: 'Make it a commitment', menu: 'note', group: 3 },
  { id: 'note.kind-note', label: 'Make it a note', menu: 'note', group: 3 },
  { id: 'selection.example', label: 'Make an example of the selection', keys: '$mod+Shift+e', menu: 'note', group: 3 },
  { id: 'selection.note', label: 'Make a note of the selection', menu: 'note', group: 3 },
  { id: 'selection.essay', label: 'Make an essay of the selection', menu: 'note', group: 3 },
  { id: 'note.merge', label: 'Merge this note into another', menu: 'note', group: 3 },
  { id: 'note.words-back', label: 'Put the words back', keys: '$mod+Shift+j' },
  { id: 'note.words-leave', label: 'Leave the words as they are' },
  { id: 'note.trash', label: 'Move note to the trash', menu: 'note', group: 4 },

  { id: 'block.menu', label: 'Block menu', keys: '$mod+/' },
  { id: 'block.toolbar', label: 'Go to the selection’s toolbar', keys: 'Alt+F10' },
  { id: 'block.duplicate', label: 'Duplicate block' },
  { id: 'block.paragraph', label: 'Turn into text', keys: '$mod+Shift+Digit0' },
  { id: 'block.h1', label: 'Turn into heading 1', keys: '$mod+Shift+Digit1' },
  { id: 'block.h2', label: 'Turn into heading 2', keys: '$mod+Shift+Digit2' },
  { id: 'block.h3', label: 'Turn into heading 3', keys: '$mod+Shift+Digit3' },
  { id: 'block.h4', label: 'Turn into heading 4', keys: '$mod+Shift+Digit4' },
  { id: 'block.h5', label: 'Turn into heading 5', keys: '$mod+Shift+Digit5' },
  { id: 'block.h6', label: 'Turn into heading 6', keys: '$mod+Shift+Digit6' },
  { id: 'block.number', label: 'Turn into numbered list', keys: '$mod+Shift+Digit7' },
  { id: 'block.bullet', label: 'Turn into list', keys: '$mod+Shift+Digit8' },
  { id: 'block.check', label: 'Turn into task', keys: '$mod+Shift+Digit9' },
  { id: 'block.quote', label: 'Turn into quote' },
  { id: 'block.callout', label: 'Turn into callout' },
  { id: 'block.code', label: 'Turn into code' },
  { id: 'note.insert-file', label: 'Insert an image or file', menu: 'note', group: 5 },
  { id: 'note.footnote', label: 'Footnote', menu: 'note', group: 5 },
  { id: 'note.preview-link', label: 'Preview the link at the caret', menu: 'note', group: 5 },

  { id: 'view.navigator', label: 'Show or hide navigator', keys: '$mod+Shift+l', menu: 'view', group: 1 },
  { id: 'view.context', label: 'Show or hide context', keys: '$mod+Shift+r', menu: 'view', group: 1 },
  { id: 'view.next-pane', label: 'Next pane', keys: 'F6', menu: 'view', group: 1 },
  { id: 'view.previous-pane', label: 'Previous pane', keys: 'Shift+F6', menu: 'view', group: 1 },
  { id: 'view.focus', label: 'Focus mode', keys: '$mod+Shift+Period', menu: 'view', group: 1 },
  { id: 'view.focus-paragraph', label: 'Dim the rest in focus mode, or not', menu: 'view', group: 1 },
  { id: 'view.typewriter', label: 'Keep the line one writes in the middle, or not', menu: 'view', group: 1 },
  { id: 'theme.system', label: 'Light or dark as the system', menu: 'view', group: 2 },
  { id: 'theme.light', label: 'Light', menu: 'view', group: 2 },
  { id: 'theme.dark', label: 'Dark', menu: 'view', group: 2 },
  { id: 'text.larger', label: 'Larger text', menu: 'view', group: 3 },
  { id: 'text.smaller', label: 'Smaller text', menu: 'view', group: 3 },

  { id: 'go.jump', label: 'Search or jump', keys: '$mod+o', otherKeys: ['$mod+k'], menu: 'go', group: 1 },
  { id: 'go.commands', label: 'Commands', keys: '$mod+p', otherKeys: ['$mod+Shift+p'], menu: 'go', group: 1 },
  { id: 'go.search', label: 'Search the vault', keys: '$mod+Shift+f', menu: 'go', group: 1 },
  { id: 'go.replace', label: 'Replace in the vault', menu: 'go', group: 1 },
  { id: 'go.back', label: 'Back', keys: 'Alt+ArrowLeft', macKeys: '$mod+[', menu: 'go', group: 2 },
  { id: 'go.forward', label: 'Forward', keys: 'Alt+ArrowRight', macKeys: '$mod+]', menu: 'go', group: 2 },
  { id: 'go.graph', label: 'Graph', keys: '$mod+g', menu: 'go', group: 3 },
  { id: 'go.essays', label: 'Essays', menu: 'go', group: 3 },
  { id: 'go.examples', label: 'Examples', menu: 'go', group: 3 },
  { id: 'go.commitments', label: 'Commitments', menu: 'go', group: 3 },
  { id: 'go.evidence', label: 'Evidence', menu: 'go', group: 3 },
  { id: 'go.notes', label: 'Notes', menu: 'go', group: 3 },
  { id: 'go.changes', label: 'Large changes', menu: 'go', group: 3 },
  { id: 'go.trash', label: 'Trash', menu: 'go', group: 3 },
  { id: 'tab.next', label: 'Next tab', keys: 'Control+Tab', menu: 'go', group: 4 },
  { id: 'tab.previous', label: 'Previous tab', keys: 'Control+Shift+Tab', menu: 'go', group: 4 },
] as const satisfies readonly CommandSpec[]

export type CommandId = (typeof COMMANDS)[number]['id']

/** Keys by command id that a person chose in place of a command's own; several stand with a space between them. */
export type ChosenKeys = Readonly<Record<string, string>>

/** A code such as `KeyF` or `Space`, one printable character, or a function key, behind any modifiers. */
const KEYS = /^((\$mod|Control|Shift|Alt)\+)*([!-*,-~]|[A-Z][A-Za-z]+\d?|F([1-9]|1\d|2[0-4]))$/
/** The file of settings can hold anything; what no keyboard sends binds nothing and would break a menu. */
export const isKeys = (text: string): boolean => KEYS.test(text)

/** The keys of a command on a platform, the ones that menus show first. */
export function keysOf(command: CommandSpec, isMac: boolean, chosen: ChosenKeys = {}): readonly string[] {
  if (Object.hasOwn(chosen, command.id)) return (chosen[command.id] ?? '').split(' ').filter(isKeys)
  const first = isMac ? (command.macKeys ?? command.keys) : command.keys
  return [...(first === undefined ? [] : [first]), ...(command.otherKeys ?? [])]
}

const ELECTRON_KEYS: Readonly<Record<string, string>> = {
  $mod: 'CmdOrCtrl',
  Control: 'Ctrl',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Equal: '=',
  Minus: '-',
  Period: '.',
}

/** What a key is called by itself: of `KeyF` and `f` it is F. */
export const keyName = (key: string): string =>
  key.replace(/^(Key|Digit)(?=[A-Z0-9]$)/, '').replace(/^[a-z]$/, (letter) => letter.toUpperCase())

/** In the notation of Electron's menus: `CmdOrCtrl+Shift+F`. */
export const acceleratorOf = (keys: string): string =>
  keys
    .split('+')
    .map((key) => ELECTRON_KEYS[key] ?? keyName(key))
    .join('+')
