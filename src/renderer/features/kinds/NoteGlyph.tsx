import type { Status } from '../../../core/commitment/status.ts'
import type { Kind } from '../../../core/note/note.ts'
import { useStatus } from '../../platform/ledger.ts'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'

/** `label` only where no word beside it says the kind. */
type NoteGlyphProps = { readonly id: string; readonly kind: Kind; readonly size?: number; readonly label?: string }

/** A note's kind; a commitment's says by how it is filled what became of it (DESIGN 4). */
export function NoteGlyph(props: NoteGlyphProps) {
  // only commitments listen to what becomes of them
  return props.kind === 'commitment' ? <OfCommitment {...props} /> : <OfKind {...props} />
}

const OfKind = ({ kind, size = 12, label }: NoteGlyphProps) => (
  <KindGlyph kind={kind} size={size} {...(label !== undefined && { label })} />
)

function OfCommitment(props: NoteGlyphProps) {
  const { id, size = 12, label } = props
  const status = useStatus(id)
  if (!status) return <OfKind {...props} />
  return <StatusGlyph status={status} size={size} {...(label !== undefined && { label: withStatus(label, status) })} />
}

/** “commitment, in progress”, for a name that is spoken. */
export const withStatus = (kind: string, status: Status | null): string => (status ? `${kind}, ${status}` : kind)
