import { parseWikilink, printWikilink } from './wikilink.ts'

/**
 * The target of a wikilink after its note got a new name, or null where nothing changes: anchor and shown text
 * stay, a folder before the name stays, and a `.md` ending stays. Idempotent: a target that already has the new
 * name is left alone, so a rename that was interrupted can run again, on two peers at once (PRODUCT, "Links").
 * `matches` says whether a name, with its folder, means the renamed note.
 */
export function renamedTarget(target: string, matches: (name: string) => boolean, newName: string): string | null {
  const parts = parseWikilink(target)
  if (parts.name === '' || !matches(parts.name)) return null
  const slash = Math.max(parts.name.lastIndexOf('/'), parts.name.lastIndexOf('\\'))
  const ending = /\.md$/i.exec(parts.name)?.[0] ?? ''
  const name = parts.name.slice(0, slash + 1) + newName + ending
  if (name === parts.name) return null
  const renamed = printWikilink({ ...parts, name })
  // Inside a table a bar must stay escaped.
  return target.includes('\\|') ? renamed.replace('|', '\\|') : renamed
}
