import { entryDay, isEntryType, type LogEntry } from '../commitment/entry.ts'
import { normalizeInlines } from './normalize-inlines.ts'
import { parseMarkdown } from './parse.ts'
import { printInlines } from './print-inlines.ts'
import type { Inline, ListItem, Text } from './tree.ts'

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
  const children = [...item.children]
  const id = takeId(children)
  const { head, ...says } = takeHead(children)
  const first = children[0]
  if (head > 0 && first?.type === 'text') children[0] = { ...first, text: first.text.slice(head) }
  const inlines = normalizeInlines(children)
  return { id, ...says, text: [printInlines(inlines, PLACE), ...below(item)].join('\n').trim() }
}

/** Only in plain text: a printed text may be escaped to the last character. */
function takeId(children: Inline[]): string {
  const last = children.at(-1)
  const id = isPlain(last) ? ID.exec(last.text) : null
  if (!id || !isPlain(last)) return ''
  children[children.length - 1] = { ...last, text: last.text.slice(0, id.index) }
  return id[1] ?? ''
}

/** `head`: how much of the first text it is. */
function takeHead(children: readonly Inline[]): Pick<LogItem, 'type' | 'at' | 'author' | 'isDated'> & { head: number } {
  const first = children[0]
  const text = isPlain(first) ? first.text : ''
  const full = HEAD.exec(text)
  if (full) {
    const [all, date = '', type = 'saw', author = ''] = full
    return { type, at: date === 'undated' ? '' : date, author: author.trim(), isDated: true, head: all.length }
  }
  const date = DATE.exec(text)
  return { type: 'saw', at: date?.[1] ?? '', author: '', isDated: date !== null, head: date?.[0].length ?? 0 }
}

const isPlain = (inline: Inline | undefined): inline is Text => inline?.type === 'text' && inline.marks === 0

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
