/**
 * What stands between the brackets of `[[…]]`, in parts. `anchor` is a heading, or a block id with its `^`;
 * '' where there is none. `shown` is null without a `|`, and may be a size for an embedded picture (`640x480`).
 */
export type WikilinkParts = { readonly name: string; readonly anchor: string; readonly shown: string | null }

/** Reads `Folder/Title#Heading|shown`. A bar written for a table (`\|`) counts as a bar. Parts are trimmed. */
export function parseWikilink(target: string): WikilinkParts {
  const bar = target.indexOf('|')
  const nameEnd = bar < 0 ? target.length : target[bar - 1] === '\\' ? bar - 1 : bar
  const place = target.slice(0, nameEnd)
  const hash = place.indexOf('#')
  return {
    name: (hash < 0 ? place : place.slice(0, hash)).trim(),
    anchor: hash < 0 ? '' : place.slice(hash + 1).trim(),
    shown: bar < 0 ? null : target.slice(bar + 1).trim(),
  }
}

/** The opposite of `parseWikilink`; never writes `\|`, which only a table needs. */
export const printWikilink = ({ name, anchor, shown }: WikilinkParts): string =>
  name + (anchor === '' ? '' : `#${anchor}`) + (shown === null ? '' : `|${shown}`)

/** What a reader sees of the link: the shown text, else name and anchor. */
export function shownText(target: string): string {
  const { name, anchor, shown } = parseWikilink(target)
  if (shown) return shown
  if (anchor === '') return name
  return name === '' ? anchor : `${name} > ${anchor}`
}

const MD_ENDING = /\.(?:md|markdown)$/

/** Two names with one key are one name: case, Unicode form, `\` for `/`, a leading `./` or `/` and `.md` do not count. */
export const linkKey = (name: string): string =>
  name
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('\\', '/')
    .trim()
    .replace(/^(?:\.?\/)+/, '')
    .replace(MD_ENDING, '')
    .trim()
