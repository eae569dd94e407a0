import { entryDay, isEntryType, type LogEntry } from '../commitment/entry.ts'
import { parseMarkdown } from './parse.ts'
import { printInlines } from './print-inlines.ts'
import type { ListItem } from './tree.ts'

/** What an item of a log says. `at`: a date; '' for an item that begins with none, or with `undated`. */
export type LogItem = Pick<LogEntry, 'type' | 'at' | 'author' | 'text'> & {
  /** The block id at its end; '' where there is none. */
  readonly id: string
  readonly isDated: boolean
}

const NO_LABELS: ReadonlySet<string> = new Set()
const PLACE = { block: 'bullet', labels: NO_LABELS } as const
const ID = /(?:^|\s)\^([A-Za-z0-9-]{1,80})$/
const HEAD = /^(\d{4}-\d{2}-\d{2}|undated)(?:, ([a-z][a-z_-]{0,39}))?(?:, ([^:,\n]{1,80}))?:(?:\s+|$)/
const DATE = /^(\d{4}-\d{2}-\d{2})(?!\d)[,:]?\s*/
/** Nothing in it can mean anything in Markdown, or end the name. */
const PLAIN_NAME = /^\p{L}[\p{L}\p{N} .'’-]{0,79}$/u

/** What an item says (commitment/SPEC.md, G8). Reads anything. */
export function readItem(item: ListItem): LogItem {
  const source = [printInlines(item.children, PLACE), ...below(item)].join('\n').trim()
  const id = ID.exec(source)?.[1] ?? ''
  const words = id === '' ? source : source.replace(ID, '').trimEnd()
  const head = HEAD.exec(words)
  if (head) {
    const [all, date = '', type = 'saw', author = ''] = head
    const at = date === 'undated' ? '' : date
    return { id, type, at, author: author.trim(), text: words.slice(all.length), isDated: true }
  }
  const date = DATE.exec(words)
  const text = date ? words.slice(date[0].length) : words
  return { id, type: 'saw', at: date?.[1] ?? '', author: '', text, isDated: date !== null }
}

const below = (item: ListItem): string[] =>
  item.lists.flatMap((list) =>
    list.items.flatMap((inner) => [printInlines(inner.children, PLACE), ...below(inner)].filter((line) => line !== '')),
  )

/** The entry's item. What Markdown would read as something else than a line of text is text. */
export function itemOf(entry: LogEntry): ListItem {
  const author = PLAIN_NAME.test(entry.author) && entry.author.trim() === entry.author ? `, ${entry.author}` : ''
  const type = isEntryType(entry.type) ? entry.type : 'saw'
  const lines = entry.text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const words = `${entryDay(entry) || 'undated'}, ${type}${author}: ${lines.join('\n')}`.trimEnd()
  const source = `${words} ^${entry.id}`
  const [block, ...more] = parseMarkdown(`- ${source.replaceAll('\n', '\n  ')}\n`).blocks
  const item = block?.type === 'list' && block.items.length === 1 && more.length === 0 ? block.items[0] : undefined
  if (item && item.lists.length === 0 && block?.type === 'list' && block.style === 'bullet') return item
  return { checked: null, children: [{ type: 'text', text: source.replaceAll('\n', ' '), marks: 0 }], lists: [] }
}

/** The text in the form in which it comes back from Markdown: what an entry is made with. */
export const entryText = (text: string): string => readItem(itemOf({ ...BLANK, text })).text

const BLANK: LogEntry = { id: 'log-0', type: 'saw', at: '', author: '', device: '', text: '', sees: [], details: {} }

/** Whether an item still says what the entry says (G10), as far as an item can say it. */
export function saysEntry(item: LogItem, entry: LogEntry): boolean {
  const own = readItem(itemOf(entry))
  return item.type === own.type && item.at === own.at && item.author === own.author && item.text === own.text
}
