import type { ReactNode } from 'react'
import type { Piece } from '../../../core/history/difference.ts'
import { RelationLine } from '../RelationLine.tsx'
import { placed } from './placed.ts'

/** Running text with its looks; what was added or removed is an `ins` or `del`, so that a screen reader says it. */
export function Pieces({ pieces }: { pieces: readonly Piece[] }) {
  return runsOf(pieces).map(({ change, pieces: run, at }) => {
    const words = placed(run).map(({ at: place, item }) => <Words key={`${at}.${place}`} piece={item} />)
    if (change === 'added') return <ins key={at}>{words}</ins>
    if (change === 'removed') return <del key={at}>{words}</del>
    return words
  })
}

type Run = { readonly change: Piece['change']; readonly pieces: Piece[]; readonly at: number }

/** Pieces of one change side by side stand in one element: “removed” is said once for them. */
function runsOf(pieces: readonly Piece[]): Run[] {
  const runs: Run[] = []
  pieces.forEach((piece, at) => {
    const last = runs.at(-1)
    if (last?.change === piece.change) last.pieces.push(piece)
    else runs.push({ change: piece.change, pieces: [piece], at })
  })
  return runs
}

function Words({ piece }: { piece: Piece }): ReactNode {
  const { text, bold, italic, strike, code, highlight, link, verb } = piece
  let words: ReactNode = text
  if (code) words = <code>{words}</code>
  if (bold) words = <strong>{words}</strong>
  if (italic) words = <em>{words}</em>
  if (strike) words = <s>{words}</s>
  if (highlight) words = <mark>{words}</mark>
  if (link) words = <span className={`blocks-link is-${link}`}>{words}</span>
  if (verb === undefined || verb === '') return words
  return (
    <span className="blocks-relation">
      <span className="blocks-verb">{verb}</span>
      <RelationLine relation={verb.replaceAll(' ', '_')} />
      {words}
    </span>
  )
}
