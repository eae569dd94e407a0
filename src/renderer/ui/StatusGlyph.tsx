import type { ReactElement } from 'react'
import './glyph.css'

export type CommitmentStatus = 'considering' | 'in progress' | 'kept' | 'pivoted' | 'dropped'

export const STATUS_OUTLINE = 'M6 1.75 10.25 6 6 10.25 1.75 6z'
const EDGE = <path d={STATUS_OUTLINE} fill="none" stroke="currentColor" strokeWidth="1.3" />

const SHAPES: Record<CommitmentStatus, ReactElement> = {
  considering: (
    <path d={STATUS_OUTLINE} fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="1.7 1.3" />
  ),
  'in progress': (
    <>
      {EDGE}
      <path d="M6 1.5v9L1.5 6z" />
    </>
  ),
  kept: <path d="M6 .85 11.15 6 6 11.15.85 6z" />,
  pivoted: (
    <>
      {EDGE}
      <path d="M1.5 6h9L6 10.5z" />
    </>
  ),
  dropped: (
    <>
      {EDGE}
      <path d="M4.5 7.5 7.5 4.5" fill="none" stroke="currentColor" strokeWidth="1.3" strokeLinecap="round" />
    </>
  ),
}

/** The drawing alone, in a drawing that has others: 12 units wide and high. */
export const StatusShape = ({ status }: { status: CommitmentStatus }) => SHAPES[status]

/** Status is how the diamond is filled; its word stands beside it, in the name of its row, or is `label` (DESIGN 4). */
export function StatusGlyph({ status, size = 12, label }: { status: CommitmentStatus; size?: number; label?: string }) {
  return (
    <svg
      className="glyph kind-commitment"
      viewBox="0 0 12 12"
      width={size}
      height={size}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {SHAPES[status]}
    </svg>
  )
}
