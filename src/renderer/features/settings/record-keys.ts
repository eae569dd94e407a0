import { type ChosenKeys, COMMANDS, type CommandId, type CommandSpec, isKeys, keysOf } from '../../../ipc/commands.ts'

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

export type Recorded =
  /** Modifiers only, so far. */
  | { readonly is: 'part'; readonly modifiers: readonly string[] }
  | { readonly is: 'keys'; readonly keys: string }
  | { readonly is: 'remove' }
  | { readonly is: 'cancel' }
  | { readonly is: 'refused'; readonly why: Refusal }

export type Refusal = 'needs-modifier' | 'types-letters' | 'system' | 'unknown'

const MODIFIERS: ReadonlySet<string> = new Set(['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'OS', 'CapsLock', 'Fn'])
/** Of these the code says what was pressed: the character means something else in the notation, or is none. */
const BY_CODE = /^[\s+\\()]$/

/** What a person presses, in the notation of ipc/commands.ts. */
export function recordKeys(event: Pressed, isMac: boolean): Recorded {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event
  const mod = isMac ? metaKey : ctrlKey
  const modifiers = [
    ...(mod ? ['$mod'] : []),
    ...(isMac && ctrlKey ? ['Control'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey ? ['Shift'] : []),
  ]
  if (MODIFIERS.has(key)) return { is: 'part', modifiers }
  if (modifiers.length === 0 && key === 'Escape') return { is: 'cancel' }
  if (modifiers.length === 0 && (key === 'Backspace' || key === 'Delete')) return { is: 'remove' }
  if (!isMac && metaKey) return { is: 'refused', why: 'system' }
  // PRODUCT, "Shortcuts": on many keyboards these two together are how a letter is typed.
  if (altKey && ctrlKey) return { is: 'refused', why: 'types-letters' }
  const isFunction = /^F\d+$/.test(key)
  if (!isFunction && !mod && !ctrlKey && !altKey) return { is: 'refused', why: 'needs-modifier' }
  if (key === '\\' || code === 'Backslash') return { is: 'refused', why: 'types-letters' }
  const isPlain = /^[!-~]$/.test(key) && !BY_CODE.test(key)
  const name = isPlain ? key.toLowerCase() : /^[A-Z][A-Za-z]+$/.test(key) || isFunction ? key : code
  const keys = [...modifiers, name].join('+')
  return isKeys(keys) ? { is: 'keys', keys } : { is: 'refused', why: 'unknown' }
}

/** Keys that cannot be given away: the editor's, the menus' own and the system's, with what they do. */
const FIXED: Readonly<Record<string, string>> = {
  '$mod+b': 'bold',
  '$mod+i': 'italic',
  '$mod+z': 'undo',
  '$mod+Shift+z': 'redo',
  '$mod+y': 'redo',
  '$mod+x': 'cut',
  '$mod+c': 'copy',
  '$mod+v': 'paste',
  '$mod+Shift+v': 'paste as text',
  '$mod+a': 'select all',
  '$mod+q': 'quit',
  '$mod+0': 'usual size',
  '$mod+=': 'larger',
  '$mod+Equal': 'larger',
  '$mod+-': 'smaller',
  '$mod+Enter': 'follow or tick',
  '$mod+Shift+w': 'close the window',
  F11: 'full screen',
}

export type Conflict =
  | { readonly with: 'command'; readonly id: CommandId; readonly label: string }
  | { readonly with: 'fixed'; readonly what: string }

const COMMAND_LIST: readonly (CommandSpec & { readonly id: CommandId })[] = COMMANDS
/** The same keys, however they are written: the order of modifiers says nothing. */
const inOrder = (keys: string): string => keys.toLowerCase().split('+').sort().join('+')

/** Who has these keys already, other than the command itself. */
export function conflictOf(keys: string, id: CommandId, chosen: ChosenKeys, isMac: boolean): Conflict | null {
  const wanted = inOrder(keys)
  for (const [fixed, what] of Object.entries(FIXED)) if (inOrder(fixed) === wanted) return { with: 'fixed', what }
  const other = COMMAND_LIST.find(
    (each) => each.id !== id && keysOf(each, isMac, chosen).some((own) => inOrder(own) === wanted),
  )
  return other ? { with: 'command', id: other.id, label: other.label } : null
}

/** Gives a command those keys ('' for none), and takes them from whoever had them. */
export function withKeys(chosen: ChosenKeys, id: CommandId, keys: string, isMac: boolean): Record<string, string> {
  const next: Record<string, string> = { ...chosen, [id]: keys }
  const wanted = inOrder(keys)
  for (const each of COMMAND_LIST) {
    const own = keysOf(each, isMac, next)
    const left = own.filter((one) => inOrder(one) !== wanted)
    if (each.id !== id && left.length < own.length) next[each.id] = left.join(' ')
  }
  return withoutNeedless(next, isMac)
}

/** Gives a command its own keys again, and takes them from whoever got them meanwhile. */
export function withOwnKeys(chosen: ChosenKeys, id: CommandId, isMac: boolean): Record<string, string> {
  const { [id]: _given, ...rest } = chosen
  const spec = COMMAND_LIST.find((each) => each.id === id)
  let next: Record<string, string> = rest
  for (const keys of spec ? keysOf(spec, isMac) : []) {
    for (const each of COMMAND_LIST) {
      const own = keysOf(each, isMac, next)
      const left = own.filter((one) => inOrder(one) !== inOrder(keys))
      if (each.id !== id && left.length < own.length) next = { ...next, [each.id]: left.join(' ') }
    }
  }
  return withoutNeedless(next, isMac)
}

/** What a command has of itself need not be kept; so it follows a later version of Throughline. */
function withoutNeedless(chosen: ChosenKeys, isMac: boolean): Record<string, string> {
  const isOwn = ([id, keys]: [string, string]) => {
    const spec = COMMAND_LIST.find((each) => each.id === id)
    return spec !== undefined && keysOf(spec, isMac).join(' ') === keys
  }
  return Object.fromEntries(Object.entries(chosen).filter((entry) => !isOwn(entry)))
}
