import { type BrowserWindow, type ContextMenuParams, clipboard, Menu, shell, type WebContents } from 'electron'
import { externalUrl } from '../safety/urls.ts'
import { type TextMenuAct, textMenu } from './text-menu-template.ts'

/** The native menu on text: spelling, the clipboard, and where a link leads. A page's own menus come before it. */
export function showTextMenu(browser: BrowserWindow): void {
  const { webContents } = browser
  webContents.on('context-menu', (_event, params) => {
    const url = externalUrl(params.linkURL)
    const entries = textMenu({ ...params, linkURL: url ?? '' }, process.platform)
    if (entries.length === 0) return
    Menu.buildFromTemplate(
      entries.map(({ act, ...item }) => ({
        ...item,
        ...(act ? { click: () => run(act, webContents, params, url) } : {}),
      })),
    ).popup({ window: browser })
  })
}

function run(act: TextMenuAct, contents: WebContents, params: ContextMenuParams, url: string | null): void {
  switch (act.is) {
    case 'spell':
      contents.replaceMisspelling(act.word)
      return
    case 'learn':
      contents.session.addWordToSpellCheckerDictionary(params.misspelledWord)
      return
    case 'look-up':
      contents.showDefinitionForSelection()
      return
    case 'open-link':
      if (url) void shell.openExternal(url)
      return
    case 'copy-link':
      if (url) clipboard.writeText(url)
      return
  }
}
