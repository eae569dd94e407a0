import { createKeybindingsHandler } from 'tinykeys'
import { type ChosenKeys, COMMANDS, type CommandId, type CommandSpec, keyName, keysOf } from '../../../ipc/commands.ts'
import { useOverlay } from '../../state/overlay.ts'
import { isMac, useSession } from '../../state/session.ts'
import { isAvailable, runCommand } from './commands.ts'

/** What works while something lies over the window: nothing but a change to another palette. */
const OVER: ReadonlySet<string> = new Set(['go.jump', 'go.commands'])

/** The keys that the person chose, now. */
export const chosenKeys = (): ChosenKeys => useSession.getState().settings.keys

/** Listens to the keyboard for every command. Returns a disposer; called again when the keys have changed. */
export function bindKeys(chosen: ChosenKeys): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  for (const { id, ...spec } of COMMANDS as readonly (CommandSpec & { id: CommandId })[]) {
    for (const keys of keysOf({ id, ...spec }, isMac(), chosen)) {
      bindings[keys] = (event) => {
        // The editor takes what means something to it, such as Mod+K on a selection.
        if (event.defaultPrevented || event.isComposing) return
        if (useOverlay.getState().overlay && !OVER.has(id)) return
        if (!isAvailable(id)) return
        event.preventDefault()
        runCommand(id)
      }
    }
  }
  const run = createKeybindingsHandler(bindings)
  const onKey = (event: KeyboardEvent) => {
    // what is typed is no command, and would be held against every one of them
    const isTyped = event.key?.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey
    if (!isTyped) run(event)
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

const MAC: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Control: '⌃',
  Enter: '↩',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Equal: '=',
  Minus: '-',
  Period: '.',
}
const OTHERS: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Enter: '↩',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Equal: '=',
  Minus: '-',
  Period: '.',
}
/** The order in which a Mac writes them. */
const MAC_ORDER = ['Control', 'Alt', 'Shift', '$mod']

/** Keys as people of the platform write them: ⇧⌘F or Ctrl+Shift+F. */
export function keysLabel(keys: string, mac: boolean): string {
  const parts = keys.split('+')
  const name = (key: string) => (mac ? MAC : OTHERS)[key] ?? keyName(key)
  if (!mac) return parts.map(name).join('+')
  const modifiers = MAC_ORDER.filter((key) => parts.includes(key))
  return [...modifiers, ...parts.filter((key) => !modifiers.includes(key))].map(name).join('')
}

/** The keys of a command on this computer, as people write them; undefined where it has none. */
export function keyLabel(id: CommandId): string | undefined {
  const spec: CommandSpec | undefined = COMMANDS.find((command) => command.id === id)
  const [first] = spec ? keysOf(spec, isMac(), chosenKeys()) : []
  return first === undefined ? undefined : keysLabel(first, isMac())
}
