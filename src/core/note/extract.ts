import type { Block, Cell, Inline, List, Tree } from '../markdown/tree.ts'
import { MARK } from '../markdown/tree.ts'
import { countWords } from './count-words.ts'
import { LineReader } from './line-reader.ts'
import type { NoteMeta } from './note.ts'
import type { ExtractedLink, HeadingText, NoteText } from './note-text.ts'
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
      readInlines(item.children)
      for (const below of item.lists) readList(below)
    }
  }

  const readBlock = (block: Block): void => {
    switch (block.type) {
      case 'paragraph':
        readInlines(block.children)
        return
      case 'callout':
        text.push(block.kind)
        readInlines(block.title)
        block.children.forEach(readBlock)
        return
      case 'footnote':
        text.push(block.label)
        block.children.forEach(readBlock)
        return
      case 'quote':
        block.children.forEach(readBlock)
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
  blocks.forEach(readBlock)
  links.push(...propertyLinks(meta.properties))
  for (const tag of meta.tags) addTag(tag)
  return { text: text.join('\n'), links, tags: [...tags.values()], headings, words }
}

/** Frontmatter as searchable lines: every word of the note's facts and properties. */
export function propertyText(meta: NoteMeta): string {
  const lines = [meta.title, ...meta.aliases, ...meta.tags, meta.created]
  for (const { key, value } of meta.properties) lines.push(`${key}: ${valueText(value)}`)
  return lines.filter((line) => line !== '').join('\n')
}
