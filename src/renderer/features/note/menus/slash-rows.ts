import { $getEditor, $getSelection, $isRangeSelection, type LexicalEditor } from 'lexical'
import {
  Calendar,
  FileSymlink,
  Heading,
  Image,
  type LucideIcon,
  Minus,
  Sigma,
  Spline,
  Superscript,
  Table2,
  Workflow,
} from 'lucide-react'
import { $selectedBlocks } from '../../../../editor/extensions/blocks.ts'
import { $insertFootnote } from '../../../../editor/extensions/footnotes.ts'
import { $insertCode, $insertFormula, $insertRule, $insertWords } from '../../../../editor/extensions/insert.ts'
import type { Slash } from '../../../../editor/extensions/slash.ts'
import { $insertTable } from '../../../../editor/extensions/tables.ts'
import { $turnInto, type BlockKind } from '../../../../editor/extensions/turn-into.ts'
import { $isCalloutNode } from '../../../../editor/nodes/CalloutNode.ts'
import { attempt } from '../../note-actions/index.ts'
import { pickFiles } from '../pictures/pick-files.ts'
import { BLOCK_LOOKS } from './block-kinds.ts'
import { MENU_WORDS } from './words.ts'

export type SlashRow = {
  readonly id: string
  readonly label: string
  /** What else it is called; typed in small letters. */
  readonly words: readonly string[]
  /** Markdown that does the same. */
  readonly sign: string
  readonly icon: LucideIcon
  /** A line is drawn between groups; `turn` are those that change the block there is. */
  readonly group: 'turn' | 'insert' | 'small'
  /** Whether it can stand among words, as in a cell. */
  readonly isInline?: boolean
  /** Shows its own rows instead of doing anything. */
  readonly opens?: 'heading' | 'callout'
  /** One of the rows that another opens; in the whole list it is found by its words only. */
  readonly within?: 'heading' | 'callout'
  /** In the update that takes the sign away; the caret is where the sign was. */
  readonly $run?: (slash: Slash) => void
  /** After it. */
  readonly run?: (editor: LexicalEditor) => void
}

const turn = (kind: BlockKind, words: readonly string[], within?: 'heading'): SlashRow => ({
  id: kind,
  label: MENU_WORDS.block[kind],
  words,
  ...BLOCK_LOOKS[kind],
  group: 'turn',
  ...(within && { within }),
  $run: () => $turnInto(kind),
})

/** Kinds of callouts that have a look of their own, or that most people use. */
export const CALLOUT_KINDS = ['note', 'tip', 'important', 'warning', 'question', 'example', 'quote', 'info', 'todo']

/** A callout of any kind; in an empty one the caret is in its title. */
export const calloutRow = (kind: string): SlashRow => ({
  id: `callout-${kind}`,
  label: MENU_WORDS.calloutOf(kind),
  words: [kind, 'callout'],
  sign: `> [!${kind}]`,
  icon: BLOCK_LOOKS.callout.icon,
  group: 'turn',
  within: 'callout',
  $run: ({ context }) => {
    $turnInto('callout', $selectedBlocks(), kind)
    const selection = $getSelection()
    const callout = $isRangeSelection(selection) ? selection.anchor.getNode().getParents().find($isCalloutNode) : null
    if (context === 'empty') callout?.getTitle()?.selectStart()
  },
})

const FLOW = 'flowchart LR\n  A --> B'

/** Everything that `/` inserts, in the order of the menu: who builds a thing anew changes its run here. */
export const SLASH_ROWS: readonly SlashRow[] = [
  {
    id: 'heading',
    label: MENU_WORDS.heading,
    words: ['title'],
    sign: '#',
    icon: Heading,
    group: 'turn',
    opens: 'heading',
  },
  turn('h1', ['h1', '#', 'title'], 'heading'),
  turn('h2', ['h2', '##', 'subtitle'], 'heading'),
  turn('h3', ['h3', '###'], 'heading'),
  turn('h4', ['h4', '####'], 'heading'),
  turn('h5', ['h5', '#####'], 'heading'),
  turn('h6', ['h6', '######'], 'heading'),
  turn('bullet', ['bullet', 'unordered', 'ul', '-', '*']),
  turn('number', ['ordered', 'ol', 'number', '1.']),
  turn('check', ['todo', 'to do', 'checkbox', 'check', '[]', '- [ ]']),
  turn('quote', ['blockquote', 'citation', '>']),
  {
    id: 'callout',
    label: MENU_WORDS.block.callout,
    words: ['admonition', 'box'],
    ...BLOCK_LOOKS.callout,
    group: 'turn',
    opens: 'callout',
  },
  ...CALLOUT_KINDS.map(calloutRow),
  turn('paragraph', ['paragraph', 'plain']),
  {
    id: 'table',
    label: MENU_WORDS.table,
    words: ['grid', 'rows', '|'],
    sign: '| |',
    icon: Table2,
    group: 'insert',
    $run: () => void $insertTable(3, 2),
  },
  {
    id: 'code',
    label: MENU_WORDS.code,
    words: ['source', 'fence', '```'],
    ...BLOCK_LOOKS.code,
    group: 'insert',
    $run: ({ context }) => (context === 'empty' ? $turnInto('code') : $insertCode()),
  },
  {
    id: 'formula',
    label: MENU_WORDS.formula,
    words: ['math', 'equation', 'latex', 'tex', '$$'],
    sign: '$$',
    icon: Sigma,
    group: 'insert',
    isInline: true,
    $run: ({ context }) => $insertFormula(context === 'inline'),
  },
  {
    id: 'file',
    label: MENU_WORDS.file,
    words: ['picture', 'photo', 'attachment', 'upload', 'pdf'],
    sign: '',
    icon: Image,
    group: 'insert',
    isInline: true,
    run: (editor) => attempt(() => pickFiles(editor)),
  },
  {
    id: 'mermaid',
    label: MENU_WORDS.diagram,
    words: ['diagram', 'flowchart', 'chart', 'graph', 'drawing'],
    sign: '',
    icon: Workflow,
    group: 'insert',
    $run: () => $insertCode('mermaid', FLOW),
  },
  {
    id: 'embed',
    label: MENU_WORDS.embed,
    words: ['transclude', 'include', '![['],
    sign: '![[',
    icon: FileSymlink,
    group: 'insert',
    isInline: true,
    $run: () => $insertWords('![['),
  },
  {
    id: 'rule',
    label: MENU_WORDS.rule,
    words: ['divider', 'separator', 'line', 'hr', '---'],
    sign: '---',
    icon: Minus,
    group: 'small',
    $run: $insertRule,
  },
  {
    id: 'footnote',
    label: MENU_WORDS.footnote,
    words: ['reference', 'note', '[^'],
    sign: '[^1]',
    icon: Superscript,
    group: 'small',
    isInline: true,
    $run: () => void $insertFootnote($getEditor()),
  },
  {
    id: 'today',
    label: MENU_WORDS.today,
    words: ['day', 'now', 'time'],
    sign: '',
    icon: Calendar,
    group: 'small',
    isInline: true,
    $run: () => $insertWords(today(new Date())),
  },
  {
    id: 'relation',
    label: MENU_WORDS.relation,
    words: ['illustrates', 'challenges', 'rests on', 'verb', '::'],
    sign: '::',
    icon: Spline,
    group: 'small',
    isInline: true,
    $run: () => $insertWords('illustrates:: [['),
  },
]

/** As the names of daily notes are written. */
export function today(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
