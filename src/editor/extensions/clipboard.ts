import { $generateJSONFromSelectedNodes, $getHtmlContent, caretFromPoint } from '@lexical/clipboard'
import { $createLinkNode, $isLinkNode } from '@lexical/link'
import {
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isElementNode,
  $isParagraphNode,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_CRITICAL,
  COMMAND_PRIORITY_HIGH,
  COPY_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DRAGOVER_COMMAND,
  DRAGSTART_COMMAND,
  DROP_COMMAND,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
  type LexicalNode,
  mergeRegister,
  PASTE_COMMAND,
  type RangeSelection,
} from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { safeUrl } from '../../core/link/url.ts'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import type { Inline, Paragraph, Tree } from '../../core/markdown/tree.ts'
import { pageOf } from '../html-inline.ts'
import { treeFromHtml } from '../html-to-tree.ts'
import { $isInSource, $nodesFromTree, treeFromSerialized } from '../lexical-tree.ts'
import { $wrapTextsAround } from './containers.ts'
import { $copyCells, $emptySelectedCells, $fillCells } from './table-clipboard.ts'
import { gridFrom, inlineClasses } from './table-grid.ts'
import { $areaOf } from './table-shape.ts'

/** Says of `text/plain` on the clipboard that it is Markdown of ours; holds nothing else. */
const OWN = 'application/x-throughline'

export type ClipboardOptions = {
  /** Keeps files that were pasted or dropped; answers the Markdown that stands for them (`![[name.png]]`). */
  readonly onFiles: (files: readonly File[]) => Promise<string>
}

/**
 * Copying gives Markdown as plain text. Pasting reads Markdown or, through an allow-list, HTML; Lexical's own
 * clipboard format is ignored, for any page can write it. Words in code stay as they are.
 */
export function registerClipboard(editor: LexicalEditor, { onFiles }: ClipboardOptions): Disposer {
  const keepFiles = async (files: readonly File[]) => {
    const markdown = await onFiles(files)
    if (markdown !== '') editor.update(() => $insertMarkdown(markdown))
  }
  // Chromium says nothing of it in the event of a paste: the keys before it do
  let wantsPlain = false
  const take = (data: DataTransfer, isPlain = false): boolean => {
    const files = [...data.files]
    const [text, html] = [wellFormed(data.getData('text/plain')), wellFormed(data.getData('text/html'))]
    if (isPlain) return $insertPlain(text)
    if (files.length > 0 && (html === '' || text === '')) {
      void keepFiles(files)
      return true
    }
    return $insertData(text, html, data.types.includes(OWN))
  }
  return mergeRegister(
    editor.registerCommand(COPY_COMMAND, (event) => $copy(editor, event), COMMAND_PRIORITY_HIGH),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        if (!$copy(editor, event)) return false
        const selection = $getSelection()
        if ($isRangeSelection(selection)) selection.removeText()
        // cells that are selected are emptied, by the table's own listener
        else editor.dispatchCommand(DELETE_CHARACTER_COMMAND, true)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = dataOf(event)
        if (!data || !editor.isEditable()) return false
        event.preventDefault()
        take(data, wantsPlain)
        wantsPlain = false
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        wantsPlain = (event.ctrlKey || event.metaKey) && event.shiftKey && event.key.toLowerCase() === 'v'
        return false
      },
      COMMAND_PRIORITY_CRITICAL,
    ),
    editor.registerCommand(
      DROP_COMMAND,
      (event) => {
        event.preventDefault()
        if (!event.dataTransfer || !editor.isEditable()) return true
        $moveCaretTo(editor, event)
        take(event.dataTransfer)
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      DRAGOVER_COMMAND,
      (event) => {
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
    // dragging words about would delete and insert them in one go, which merges badly: cut and paste say more
    editor.registerCommand(
      DRAGSTART_COMMAND,
      (event) => {
        event.preventDefault()
        return true
      },
      COMMAND_PRIORITY_HIGH,
    ),
  )
}

const dataOf = (event: object): DataTransfer | null =>
  'clipboardData' in event
    ? (event.clipboardData as DataTransfer | null)
    : 'dataTransfer' in event
      ? (event.dataTransfer as DataTransfer | null)
      : null

function $copy(editor: LexicalEditor, event: ClipboardEvent | KeyboardEvent | null): boolean {
  const selection = $getSelection()
  const data = event && dataOf(event)
  if (!event || !data || !selection || ($isRangeSelection(selection) && selection.isCollapsed())) return false
  event.preventDefault()
  const cells = $copyCells()
  if (cells) {
    data.setData('text/plain', cells.markdown)
    data.setData('text/html', cells.html)
    data.setData('text/tab-separated-values', cells.text)
    data.setData(OWN, '1')
    return true
  }
  const isSource = $isRangeSelection(selection) && $isInSource(selection.anchor.getNode())
  data.setData('text/plain', isSource ? selection.getTextContent() : $selectedMarkdown(editor))
  if (isSource) return true
  data.setData('text/html', $getHtmlContent(editor))
  data.setData(OWN, '1')
  return true
}

/** The selection as Markdown, without a line end at its end. */
export function $selectedMarkdown(editor: LexicalEditor): string {
  const { nodes } = $generateJSONFromSelectedNodes(editor, $getSelection())
  return printBlocks(treeFromSerialized(nodes as unknown as Record<string, unknown>[])).replace(/\n+$/, '')
}

function $insertData(text: string, html: string, isOwn: boolean): boolean {
  if ($areaOf()) {
    const grid = gridFrom(text, html, isOwn)
    if (grid && $fillCells(grid)) return true
    $emptySelectedCells()
  }
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return false
  if (text !== '' && $isInSource(selection.anchor.getNode())) {
    selection.insertRawText(text)
    return true
  }
  const url = safeUrl(text)
  if (url && /^\S+$/.test(text.trim()) && !selection.isCollapsed() && $wrapInLink(selection, url)) return true
  if (html !== '' && !isOwn) {
    const tree = treeFromHtml(inlineClasses(pageOf(html)).body)
    if (tree.length > 0) {
      $insertTree(tree)
      return true
    }
  }
  if (text === '') return false
  $insertMarkdown(text)
  return true
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NOT_WRITING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/**
 * What a note can hold of pasted text: one sign for the end of a line, no controls, and U+FFFD for half a surrogate
 * pair, which Yjs would write as that while the page shows another. Blanks of every width, joiners and signs that turn
 * the direction are writing, and stay.
 */
export const wellFormed = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(NOT_WRITING, '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')

/** The words of a text and nothing else, whatever they mean in Markdown. Blank lines part paragraphs. */
export function treeFromPlain(text: string): Tree {
  const passages = wellFormed(text).split(/\n[\t ]*(?:\n[\t ]*)+/)
  return passages.flatMap((passage): Paragraph[] => {
    const lines = passage.replace(/^\n+|\n+$/g, '').split('\n')
    const children = lines.flatMap((line, at): Inline[] => [
      ...(at > 0 ? [{ type: 'break' as const, hard: false }] : []),
      ...(line.trim() === '' ? [] : [{ type: 'text' as const, text: line, marks: 0 }]),
    ])
    return children.some(({ type }) => type === 'text') ? [{ type: 'paragraph', children }] : []
  })
}

/** Puts words in the place of the selection, without reading Markdown or HTML. Runs in an update. */
export function $insertPlain(text: string): boolean {
  if ($areaOf()) $emptySelectedCells()
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || text === '') return false
  if ($isInSource(selection.anchor.getNode()) || !text.includes('\n')) selection.insertRawText(text)
  else $insertTree(treeFromPlain(text))
  return true
}

/** Puts Markdown in the place of the selection. Runs in an update. */
export function $insertMarkdown(markdown: string): void {
  // frontmatter belongs to a file, not to a passage: three dashes at the start are a rule here
  const { blocks, frontmatter } = parseMarkdown(markdown)
  $insertTree(frontmatter === null ? blocks : parseMarkdown(`\n${markdown}`).blocks)
}

function $insertTree(tree: Tree): void {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return
  $wrapTextsAround(selection.anchor.getNode())
  $wrapTextsAround(selection.focus.getNode())
  const nodes = $nodesFromTree(tree)
  const [only] = nodes
  // a single paragraph joins the line that it is pasted into
  if (nodes.length === 1 && $isParagraphNode(only)) selection.insertNodes(only.getChildren())
  else selection.insertNodes(nodes)
}

function $wrapInLink(selection: RangeSelection, url: string): boolean {
  const nodes = selection.extract()
  const block = nodes[0]?.getParent()
  if (nodes.length === 0 || !nodes.every((node) => $isTextNode(node) && node.getParent() === block)) return false
  if ($isLinkNode(block)) return false
  const link = $createLinkNode(url)
  nodes[0]?.insertBefore(link)
  link.append(...nodes)
  link.selectEnd()
  return true
}

function $moveCaretTo(editor: LexicalEditor, event: DragEvent): void {
  const hit = caretFromPoint(event.clientX, event.clientY, editor.getRootElement())
  const node: LexicalNode | null = hit && $getNearestNodeFromDOMNode(hit.node)
  if (!hit || !node) return
  if ($isTextNode(node)) node.select(hit.offset, hit.offset)
  else if ($isElementNode(node)) node.selectEnd()
}
