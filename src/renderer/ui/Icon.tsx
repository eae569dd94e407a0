import type { LucideIcon } from 'lucide-react'

/** One 1.25px stroke at every size (DESIGN 5). The name is always beside it, so it is hidden from readers. */
export function Icon({ of: Shape, size = 16 }: { of: LucideIcon; size?: number }) {
  return <Shape size={size} strokeWidth={1.25} absoluteStrokeWidth aria-hidden focusable="false" />
}
