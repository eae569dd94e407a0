import {
  Check,
  Code,
  Heading1,
  Heading2,
  Heading3,
  Heading4,
  Heading5,
  Heading6,
  List,
  ListOrdered,
  type LucideIcon,
  MessageSquareQuote,
  Pilcrow,
  TextQuote,
} from 'lucide-react'
import { BLOCK_KINDS, type BlockKind } from '../../../../editor/extensions/turn-into.ts'
import type { MenuEntry } from '../../../ui/Menu.tsx'
import { MENU_WORDS } from './words.ts'

type Look = { readonly icon: LucideIcon; readonly sign: string }

/** How each kind of block is drawn in a menu, and the Markdown that makes it. */
export const BLOCK_LOOKS: Record<BlockKind, Look> = {
  paragraph: { icon: Pilcrow, sign: '' },
  h1: { icon: Heading1, sign: '#' },
  h2: { icon: Heading2, sign: '##' },
  h3: { icon: Heading3, sign: '###' },
  h4: { icon: Heading4, sign: '####' },
  h5: { icon: Heading5, sign: '#####' },
  h6: { icon: Heading6, sign: '######' },
  bullet: { icon: List, sign: '-' },
  number: { icon: ListOrdered, sign: '1.' },
  check: { icon: Check, sign: '- [ ]' },
  quote: { icon: TextQuote, sign: '>' },
  callout: { icon: MessageSquareQuote, sign: '> [!]' },
  code: { icon: Code, sign: '```' },
}

/** Rows of a menu; the one that a block is now says so. */
export const turnIntoEntries = (now: BlockKind | null, run: (kind: BlockKind) => void): readonly MenuEntry[] =>
  BLOCK_KINDS.map((kind) => ({
    is: 'choice',
    label: MENU_WORDS.block[kind],
    isChosen: kind === now,
    hint: BLOCK_LOOKS[kind].sign,
    run: () => run(kind),
  }))
