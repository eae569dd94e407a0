import type { MenuItemConstructorOptions } from 'electron'

export type TextMenuAct =
  | { readonly is: 'spell'; readonly word: string }
  | { readonly is: 'learn' | 'look-up' | 'open-link' | 'copy-link' }

export type TextMenuItem = Pick<MenuItemConstructorOptions, 'label' | 'role' | 'type' | 'enabled'> & {
  readonly act?: TextMenuAct
}

/** What Electron says of a place that was right-clicked, as far as it is needed. `linkURL`: '' unless it may be opened. */
export type TextPlace = {
  readonly isEditable: boolean
  readonly selectionText: string
  readonly linkURL: string
  readonly misspelledWord: string
  readonly dictionarySuggestions: readonly string[]
  readonly editFlags: { readonly canCut: boolean; readonly canCopy: boolean; readonly canPaste: boolean }
}

const MOST_SUGGESTIONS = 5
const LINE: TextMenuItem = { type: 'separator' }

/** The menu of a place in text, as data; empty where there is nothing to do. */
export function textMenu(place: TextPlace, platform: NodeJS.Platform): readonly TextMenuItem[] {
  const { isEditable, selectionText, linkURL, misspelledWord, dictionarySuggestions, editFlags } = place
  const words = selectionText.trim()
  const spelling: TextMenuItem[] = []
  if (isEditable && misspelledWord !== '') {
    for (const word of dictionarySuggestions.slice(0, MOST_SUGGESTIONS)) {
      spelling.push({ label: plain(word), act: { is: 'spell', word } })
    }
    if (spelling.length === 0) spelling.push({ label: 'No other spelling known', enabled: false })
    spelling.push(LINE, { label: 'Add to the dictionary', act: { is: 'learn' } })
  }
  const looking: TextMenuItem[] =
    platform === 'darwin' && words !== '' ? [{ label: `Look up “${short(words)}”`, act: { is: 'look-up' } }] : []
  const link: TextMenuItem[] =
    linkURL === ''
      ? []
      : [
          { label: 'Open link', act: { is: 'open-link' } },
          { label: 'Copy link', act: { is: 'copy-link' } },
        ]
  const clipboard: TextMenuItem[] = isEditable
    ? [
        { role: 'cut', enabled: editFlags.canCut },
        { role: 'copy', enabled: editFlags.canCopy },
        { role: 'paste', enabled: editFlags.canPaste },
        { role: 'pasteAndMatchStyle', label: 'Paste as plain text', enabled: editFlags.canPaste },
        LINE,
        { role: 'selectAll' },
      ]
    : words !== ''
      ? [{ role: 'copy', enabled: editFlags.canCopy }]
      : []
  return [spelling, looking, link, clipboard]
    .filter((group) => group.length > 0)
    .flatMap((group, at) => (at === 0 ? group : [LINE, ...group]))
}

/** Menus read `&` as the sign of a key. */
const plain = (text: string): string => text.replaceAll('&', '&&')
const short = (text: string): string => plain(text.length > 32 ? `${text.slice(0, 31)}…` : text)
