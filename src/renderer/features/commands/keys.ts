import { tinykeys } from 'tinykeys'
import { COMMANDS, type CommandId, type CommandSpec, keysOf } from '../../../ipc/commands.ts'
import { useOverlay } from '../../state/overlay.ts'
import { isMac } from '../../state/session.ts'
import { isAvailable, runCommand } from './commands.ts'

/** What works while something lies over the window: nothing but a change to another palette. */
const OVER: ReadonlySet<string> = new Set(['go.jump', 'go.commands'])

/** Listens to the keyboard for every command. Returns a disposer. */
export function bindKeys(): () => void {
  const bindings: Record<string, (event: KeyboardEvent) => void> = {}
  for (const { id, ...spec } of COMMANDS as readonly (CommandSpec & { id: CommandId })[]) {
    for (const keys of keysOf({ id, ...spec }, isMac())) {
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
  return tinykeys(window, bindings)
}

const MAC: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Control: '⌃',
  Enter: '↩',
  ArrowLeft: '←',
  ArrowRight: '→',
}
const OTHERS: Readonly<Record<string, string>> = {
  $mod: 'Ctrl',
  Control: 'Ctrl',
  Enter: '↩',
  ArrowLeft: '←',
  ArrowRight: '→',
}
/** The order in which a Mac writes them. */
const MAC_ORDER = ['Control', 'Alt', 'Shift', '$mod']

/** Keys as people of the platform write them: ⇧⌘F or Ctrl+Shift+F. */
export function keysLabel(keys: string, mac: boolean): string {
  const parts = keys.split('+')
  const name = (key: string) => (mac ? MAC : OTHERS)[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  if (!mac) return parts.map(name).join('+')
  const modifiers = MAC_ORDER.filter((key) => parts.includes(key))
  return [...modifiers, ...parts.filter((key) => !modifiers.includes(key))].map(name).join('')
}

/** The keys of a command on this computer, as people write them; undefined where it has none. */
export function keyLabel(id: CommandId): string | undefined {
  const spec: CommandSpec | undefined = COMMANDS.find((command) => command.id === id)
  const [first] = spec ? keysOf(spec, isMac()) : []
  return first === undefined ? undefined : keysLabel(first, isMac())
}
