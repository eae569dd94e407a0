import type { ReactElement } from 'react'

const SOLID = <path d="M0 4h20" stroke="currentColor" strokeWidth="1.25" />
const DASHED = <path d="M0 4h20" stroke="currentColor" strokeWidth="1.25" strokeDasharray="4 2.6" />
const DOUBLE = <path d="M0 2.6h20M0 5.4h20" stroke="currentColor" strokeWidth="1.1" />
const DOTTED = (
  <path d="M0 4h20" stroke="currentColor" strokeWidth="1.25" strokeDasharray=".1 3" strokeLinecap="round" />
)
const SUCCESSION = <path d="M0 4h17M19 1v6" stroke="currentColor" strokeWidth="1.25" strokeDasharray="6 2 1.2 2" />

const LINES: Readonly<Record<string, ReactElement>> = {
  illustrates: SOLID,
  challenges: DASHED,
  rests_on: DOUBLE,
  tried_in: DOUBLE,
  derived_from: SUCCESSION,
  supersedes: SUCCESSION,
}

/** Relations are line styles, never colours; a vault's own words are dotted (DESIGN 4). */
export function RelationLine({ relation }: { relation: string }) {
  return (
    <svg className="relation-line" viewBox="0 0 20 8" width="20" height="8" fill="none" aria-hidden="true">
      {LINES[relation] ?? DOTTED}
    </svg>
  )
}
