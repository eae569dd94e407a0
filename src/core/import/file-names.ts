import { splitPath, stemOf } from '../note/file-name.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const
const JOURNAL = /^(\d{4})[_-](\d{2})[_-](\d{2})$/
/** UTF-16 units: page properties stand in the first block, which is that long at most in any graph that was seen. */
const MOST_OF_A_HEAD = 2000
const PAGE_PROPERTY = /^(?:- )?(title|alias|aliases)::[ \t]+(.+)$/i

/**
 * Other names by which notes of a Logseq graph mean this file (I3): `a___b` and `a%2Fb` are the page `a/b`, a
 * journal file is its day, and the page's own `title::` and `alias::` at its head. Of path and text only (M9). The
 * file's own stem is not among them. They resolve last and are never written into the file.
 */
export function otherNames(path: string, text: string): string[] {
  const [folder, file] = splitPath(path)
  const stem = stemOf(file)
  const names: string[] = []
  const decoded = decode(stem.replaceAll('___', '/'))
  if (decoded !== stem) names.push(decoded)
  if (/(?:^|\/)journals$/i.test(folder)) names.push(...dayNames(stem))
  for (const line of text.slice(0, MOST_OF_A_HEAD).split(/\r?\n/)) {
    if (!/^(?:- )?[\w-]+::/.test(line)) break
    const [, key = '', value = ''] = PAGE_PROPERTY.exec(line) ?? []
    if (key === '') continue
    const values = key.toLowerCase() === 'title' ? [value] : value.split(',')
    names.push(...values.map((each) => each.replace(/^\s*\[\[(.*)\]\]\s*$/, '$1').trim()))
  }
  return [...new Set(names)].filter((name) => name !== '' && name !== stem).slice(0, 20)
}

function decode(name: string): string {
  if (!/%[0-9a-f]{2}/i.test(name)) return name
  try {
    return decodeURIComponent(name)
  } catch {
    return name // a percent sign that means itself
  }
}

function dayNames(stem: string): string[] {
  const [, year, month = '', day = ''] = JOURNAL.exec(stem) ?? []
  const name = MONTHS[Number(month) - 1]
  if (year === undefined || name === undefined) return []
  return [`${name} ${Number(day)}${ordinal(Number(day))}, ${year}`, `${year}-${month}-${day}`]
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return 'th'
  return day % 10 === 1 ? 'st' : day % 10 === 2 ? 'nd' : day % 10 === 3 ? 'rd' : 'th'
}
