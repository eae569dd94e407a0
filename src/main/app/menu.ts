import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { ChosenKeys } from '../../ipc/commands.ts'
import { menuTemplate } from './menu-template.ts'

/** Called again when the keys have changed. @param run sends a command to the window in front */
export function installMenu(chosen: ChosenKeys, isPackaged: boolean, run: (id: string) => void): void {
  const build = (items: ReturnType<typeof menuTemplate>): MenuItemConstructorOptions[] =>
    items.map(({ command, submenu, ...item }) => ({
      ...item,
      ...(submenu ? { submenu: build(submenu) } : {}),
      ...(command === undefined ? {} : { click: () => run(command) }),
    }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(build(menuTemplate(process.platform, isPackaged, chosen))))
}
