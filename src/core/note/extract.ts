import type { Block, Cell, Inline, List, Tree } from '../markdown/tree.ts'
import { MARK } from '../markdown/tree.ts'
import { countWords } from './count-words.ts'
import { LineReader } from './line-reader.ts'
import type { NoteMeta } from './note.ts'
import type { ExtractedLink, HeadingText, NoteText, PassageLines } from './note-text.ts'
import { headingKey, idOf, isBareId } from './passage.ts'
import { propertyLinks } from './property-links.ts'
import { tagsIn } from './tags.ts'
import { valueText } from './value-text.ts'
import { verbatimLinks, withoutCode } from './verbatim-links.ts'

export type { ExtractedLink, HeadingText, NoteText } from './note-text.ts'

/** What index, navigator and graph want of a note, in one walk over its blocks. */
export function extractNote(blocks: Tree, meta: Pick<NoteMeta, 'tags' | 'properties'>): NoteText {
  const text: string[] = []
  const links: ExtractedLink[] = []
  const headings: HeadingText[] = []
  const tags = new Map<string, string>()
  const addTag = (tag: string) => {
    const key = tag.toLowerCase()
    if (!tags.has(key)) tags.set(key, tag)
  }
  let words = 0
  const passages: PassageLines[] = []
  let lines = 0
  let counted = 0
  /** How many lines there are by now; a block may be several. */
  const line = (): number => {
    for (; counted < text.length; counted++) lines += 1 + breaksIn(text[counted] ?? '')
    return lines
  }

  const addInlines = (reader: LineReader, inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.type === 'text' && !(inline.marks & MARK.code)) for (const tag of tagsIn(inline.text)) addTag(tag)
      reader.add(inline)
    }
  }
  const endLine = (reader: LineReader): string => {
    const line = reader.end()
    text.push(line.searchable)
    links.push(...line.links)
    words += countWords(line.shown)
    return line.shown
  }
  const readInlines = (inlines: readonly Inline[]): string => {
    const reader = new LineReader()
    addInlines(reader, inlines)
    return endLine(reader)
  }
  /** A row is one line to a reader, so that a link in it has its neighbours around. */
  const readRow = (cells: readonly Cell[]): void => {
    const reader = new LineReader()
    for (const cell of cells) {
      if (cell.length === 0) continue
      reader.startCell()
      addInlines(reader, cell)
    }
    endLine(reader)
  }
  const readList = (list: List): void => {
    // "1984. A year" is a list to Markdown, and a year to whoever looks for it.
    if (list.start > 99) text.push(String(list.start))
    for (const item of list.items) {
      const from = line()
      readInlines(item.children)
      for (const below of item.lists) readList(below)
      const id = idOf(item.children)
      if (id !== null) passages.push([id, from, line()])
    }
  }

  /** Answers the line that each begins at. */
  const readBlocks = (own: Tree): readonly number[] => {
    const starts: number[] = []
    for (const [at, block] of own.entries()) {
      const from = line()
      starts.push(from)
      readBlock(block)
      if (block.type !== 'paragraph' && block.type !== 'heading') continue
      const id = idOf(block.children)
      if (id === null) continue
      const isOfAbove = block.type === 'paragraph' && at > 0 && isBareId(block.children, id)
      passages.push(isOfAbove ? [id, starts[at - 1] ?? 0, from] : [id, from, line()])
    }
    return starts
  }
  const readBlock = (block: Block): void => {
    switch (block.type) {
      case 'paragraph':
        readInlines(block.children)
        return
      case 'callout':
        text.push(block.kind)
        readInlines(block.title)
        readBlocks(block.children)
        return
      case 'footnote':
        text.push(block.label)
        readBlocks(block.children)
        return
      case 'quote':
        readBlocks(block.children)
        return
      case 'table':
        block.rows.forEach(readRow)
        return
      case 'heading':
        headings.push({ level: block.level, text: readInlines(block.children).trim() })
        return
      case 'list':
        readList(block)
        return
      case 'code':
        text.push(`${block.info}\n${block.text}`)
        return
      case 'verbatim': {
        const prose = withoutCode(block.source)
        text.push(block.source)
        links.push(...verbatimLinks(prose))
        for (const tag of tagsIn(prose)) addTag(tag)
        words += countWords(prose)
        return
      }
      case 'rule':
        return
    }
  }
  const starts = readBlocks(blocks)
  passages.push(...sectionsOf(blocks, [...starts, line()]))
  links.push(...propertyLinks(meta.properties))
  for (const tag of meta.tags) addTag(tag)
  return { text: text.join('\n'), links, tags: [...tags.values()], headings, passages, words }
}

/** Sections as lines; `starts`: of each block, and the end. Footnotes below a section are not of it. */
function sectionsOf(blocks: Tree, starts: readonly number[]): readonly PassageLines[] {
  return blocks.flatMap((block, at): readonly PassageLines[] => {
    if (block.type !== 'heading') return []
    let end = at + 1
    for (; end < blocks.length; end++) {
      const next = blocks[end]
      if (next?.type === 'heading' && next.level <= block.level) break
    }
    while (blocks[end - 1]?.type === 'footnote') end--
    return [[headingKey(block.children), starts[at] ?? 0, starts[end] ?? 0]]
  })
}

function breaksIn(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++
  return count
}

/** Frontmatter as searchable lines: every word of the note's facts and properties. */
export function propertyText(meta: NoteMeta): string {
  const lines = [meta.title, ...meta.aliases, ...meta.tags, meta.created]
  for (const { key, value } of meta.properties) lines.push(`${key}: ${valueText(value)}`)
  return lines.filter((line) => line !== '').join('\n')
}
