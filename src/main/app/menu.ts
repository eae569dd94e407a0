import { Menu, type MenuItemConstructorOptions } from 'electron'
import { menuTemplate } from './menu-template.ts'

/** @param run sends a command to the window in front */
export function installMenu(platform: NodeJS.Platform, isPackaged: boolean, run: (id: string) => void): void {
  const build = (items: ReturnType<typeof menuTemplate>): MenuItemConstructorOptions[] =>
    items.map(({ command, submenu, ...item }) => ({
      ...item,
      ...(submenu ? { submenu: build(submenu) } : {}),
      ...(command === undefined ? {} : { click: () => run(command) }),
    }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(build(menuTemplate(platform, isPackaged))))
}
