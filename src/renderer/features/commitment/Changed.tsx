import { useMemo } from 'react'
import { compareWords } from '../../../core/history/compare-words.ts'
import type { Piece } from '../../../core/history/difference.ts'
import { type Token, tokensOf } from '../../../core/history/tokens.ts'
import { parseMarkdown } from '../../../core/markdown/parse.ts'
import { Pieces } from '../../ui/blocks/Pieces.tsx'
import type { ChangedPin } from './use-ground.ts'
import { WORDS } from './words.ts'
import './ground.css'

/** More than this is not compared word by word: a passage is a few sentences. */
const CELLS = 400_000
/** Words that stay the same are left out where there are more of them than this at a stretch. */
const AROUND = 60

/** What the ground says now beside what it said, in one sentence. */
export function Changed({ state }: { state: ChangedPin['state'] }) {
  const was = state.was
  const now = state.is === 'changed' ? state.now : null
  const pieces = useMemo(() => (now === null ? null : differenceOf(was, now)), [was, now])
  return (
    <p className="ground-words">
      <span className="ground-says">{pieces ? WORDS.was : WORDS.wasThere}</span>{' '}
      {pieces ? <Pieces pieces={pieces} /> : <del>{shortened(was, 'end')}</del>}
    </p>
  )
}

function differenceOf(was: string, now: string): Piece[] {
  const pieces = compareWords(tokens(was), tokens(now), { cells: CELLS })
  return pieces.map((piece, at) => {
    if (piece.change !== 'same') return piece
    const side = at === 0 ? 'start' : at === pieces.length - 1 ? 'end' : 'middle'
    return { ...piece, text: shortened(piece.text, side) }
  })
}

const tokens = (text: string): Token[] =>
  parseMarkdown(text).blocks.flatMap((block) => (block.type === 'paragraph' ? tokensOf(block.children) : plain(text)))

const plain = (text: string): Token[] => tokensOf([{ type: 'text', text, marks: 0 }])

/** The words next to what changed stay; what lies further off is three dots. */
function shortened(text: string, side: 'start' | 'middle' | 'end'): string {
  if (text.length <= AROUND * (side === 'middle' ? 2 : 1)) return text
  const head = text.slice(0, AROUND).replace(/\S*$/, '')
  const tail = text.slice(-AROUND).replace(/^\S*/, '')
  return side === 'start' ? `…${tail}` : side === 'end' ? `${head}…` : `${head}…${tail}`
}
