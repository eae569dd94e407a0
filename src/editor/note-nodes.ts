import { CodeNode } from '@lexical/code-core'
import { HorizontalRuleNode } from '@lexical/extension'
import { LinkNode } from '@lexical/link'
import { ListItemNode, ListNode } from '@lexical/list'
import { HeadingNode } from '@lexical/rich-text'
import { TableCellNode, TableNode, TableRowNode } from '@lexical/table'
import type { Klass, LexicalNode } from 'lexical'
import { CalloutNode } from './nodes/CalloutNode.ts'
import { CalloutTitleNode } from './nodes/CalloutTitleNode.ts'
import { FootnoteNode } from './nodes/FootnoteNode.ts'
import { QuoteNode } from './nodes/QuoteNode.ts'
import { RawNode } from './nodes/RawNode.ts'
import { VerbatimNode } from './nodes/VerbatimNode.ts'
import { WikilinkNode } from './nodes/WikilinkNode.ts'

/** Every type that a note's tree may hold, beside Lexical's own root, paragraph, text, tab and line break. */
export const NOTE_NODES: readonly Klass<LexicalNode>[] = [
  HeadingNode,
  QuoteNode,
  CalloutNode,
  CalloutTitleNode,
  FootnoteNode,
  TableNode,
  TableRowNode,
  TableCellNode,
  ListNode,
  ListItemNode,
  LinkNode,
  CodeNode,
  HorizontalRuleNode,
  WikilinkNode,
  RawNode,
  VerbatimNode,
]
