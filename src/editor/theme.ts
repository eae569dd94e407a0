import type { EditorThemeClasses } from 'lexical'

/** Class names of the editor's DOM; their look is the renderer's. */
export const noteTheme: EditorThemeClasses = {
  paragraph: 'p',
  heading: { h1: 'h1', h2: 'h2', h3: 'h3', h4: 'h4', h5: 'h5', h6: 'h6' },
  quote: 'quote',
  callout: 'callout',
  calloutTitle: 'callout-title',
  footnote: 'footnote',
  table: 'table',
  tableScrollableWrapper: 'table-scroll',
  tableCell: 'cell',
  tableCellHeader: 'cell-head',
  tableCellSelected: 'cell-selected',
  code: 'code-block',
  hr: 'rule',
  link: 'link',
  list: {
    ul: 'list',
    ol: 'list list-ordered',
    checklist: 'list-task',
    listitem: 'item',
    listitemChecked: 'task task-done',
    listitemUnchecked: 'task',
    nested: { listitem: 'item-nested' },
  },
  text: {
    bold: 'bold',
    italic: 'italic',
    strikethrough: 'strike',
    code: 'inline-code',
    highlight: 'highlight',
  },
}
