import { create } from 'zustand'
import type { FolderId } from '../../core/base/ids.ts'

/** Open folders of the navigator. */
export const useTree = create<{ readonly expanded: ReadonlySet<string> }>(() => ({ expanded: new Set() }))

export function setExpanded(id: FolderId, isExpanded: boolean): void {
  useTree.setState(({ expanded }) => {
    const next = new Set(expanded)
    if (isExpanded) next.add(id)
    else next.delete(id)
    return { expanded: next }
  })
}
