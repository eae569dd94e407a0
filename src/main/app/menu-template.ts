import type { MenuItemConstructorOptions } from 'electron'
import { acceleratorOf, type ChosenKeys, COMMANDS, type CommandSpec, keysOf } from '../../ipc/commands.ts'

/** A menu as data: what Electron takes, but a command's id in place of a function. */
export type MenuItem = Pick<
  MenuItemConstructorOptions,
  'label' | 'role' | 'type' | 'accelerator' | 'registerAccelerator'
> & { readonly command?: string; readonly submenu?: readonly MenuItem[] }

const LINE: MenuItem = { type: 'separator' }
const role = (name: NonNullable<MenuItemConstructorOptions['role']>): MenuItem => ({ role: name })

/**
 * The menus of a platform. Commands come from the list that the palette and the keyboard read. Their keys are
 * shown, not registered: the window listens for them itself, and knows which pane they are meant for.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  isPackaged: boolean,
  chosen: ChosenKeys = {},
): readonly MenuItem[] {
  const isMac = platform === 'darwin'
  const appMenu: MenuItem = {
    role: 'appMenu',
    submenu: [role('about'), LINE, role('services'), LINE, role('hide'), role('hideOthers'), LINE, role('quit')],
  }
  const edit = [
    ...[role('undo'), role('redo'), LINE, role('cut'), role('copy'), role('paste')],
    ...[role('pasteAndMatchStyle'), role('delete'), LINE, role('selectAll')],
  ]
  const zoom = [LINE, role('resetZoom'), role('zoomIn'), role('zoomOut'), LINE, role('togglefullscreen')]
  const windowItems = isMac
    ? [role('minimize'), role('zoom'), LINE, role('front')]
    : [role('minimize'), { ...role('close'), accelerator: 'CmdOrCtrl+Shift+W' }]
  return [
    ...(isMac ? [appMenu] : []),
    { label: '&File', submenu: [...commands('file', isMac, chosen), ...(isMac ? [] : [LINE, role('quit')])] },
    { label: '&Edit', submenu: edit },
    { label: '&Note', submenu: commands('note', isMac, chosen) },
    {
      label: '&View',
      submenu: [...commands('view', isMac, chosen), ...zoom, ...(isPackaged ? [] : [role('toggleDevTools')])],
    },
    { label: '&Go', submenu: commands('go', isMac, chosen) },
    { label: '&Window', submenu: windowItems },
  ]
}

function commands(menu: NonNullable<CommandSpec['menu']>, isMac: boolean, chosen: ChosenKeys): MenuItem[] {
  const items: MenuItem[] = []
  let group: number | undefined
  const all: readonly CommandSpec[] = COMMANDS
  for (const command of all) {
    if (command.menu !== menu) continue
    if (group !== undefined && command.group !== group) items.push(LINE)
    group = command.group
    const [keys] = keysOf(command, isMac, chosen)
    items.push({
      label: command.label.replaceAll('&', '&&'),
      command: command.id,
      ...(keys === undefined ? {} : { accelerator: acceleratorOf(keys), registerAccelerator: false }),
    })
  }
  return items
}
