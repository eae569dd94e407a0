import { create } from 'zustand'

/** Folded parts of the context pane. */
export const useSections = create<{ readonly folded: ReadonlySet<string> }>(() => ({ folded: new Set() }))

export function toggleSection(name: string): void {
  useSections.setState(({ folded }) => {
    const next = new Set(folded)
    if (!next.delete(name)) next.add(name)
    return { folded: next }
  })
}
