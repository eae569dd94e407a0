import type { ReactElement } from 'react'
import type { Kind } from '../../core/note/note.ts'
import './glyph.css'

export type GlyphKind = Kind | 'unresolved'

const SHAPES: Record<GlyphKind, ReactElement> = {
  essay: <circle cx="6" cy="6" r="4" />,
  example: <path d="M6 1.55 11 10.2H1z" />,
  commitment: <path d="M6 .85 11.15 6 6 11.15.85 6z" />,
  note: <circle cx="6" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  unresolved: (
    <circle cx="6" cy="6" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.3" strokeDasharray="1.9 1.65" />
  ),
}

/** Shape before hue (DESIGN 4). `label` only where no word beside it says the kind. */
export function KindGlyph({ kind, size = 12, label }: { kind: GlyphKind; size?: number; label?: string }) {
  return (
    <svg
      className={`glyph kind-${kind}`}
      viewBox="0 0 12 12"
      width={size}
      height={size}
      role={label === undefined ? undefined : 'img'}
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {SHAPES[kind]}
    </svg>
  )
}
