import { createContext, useContext, useMemo } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { parseWikilink } from '../../../../core/link/wikilink.ts'
import type { Tree } from '../../../../core/markdown/tree.ts'
import type { Kind } from '../../../../core/note/note.ts'
import { eachInline } from '../../../../core/note/passage.ts'
import { useIndex } from '../../../platform/use-live.ts'

export type LinkKinds = ReadonlyMap<string, Kind | 'unwritten'>

export const LinkKindsContext = createContext<LinkKinds>(new Map())

/** Where the links of the text around lead, by their target as written; nothing of those not known yet. */
export const useLinkKinds = (): LinkKinds => useContext(LinkKindsContext)

/** More are links without a glyph: nobody reads that many in a passage. */
const MOST = 200

export function useKindsOf(noteId: NoteId, tree: Tree): LinkKinds {
  const targets = useMemo(() => {
    const found = new Set<string>()
    eachInline(tree, (inline) => {
      if (inline.type === 'wikilink' && found.size < MOST) found.add(inline.target)
    })
    return [...found]
  }, [tree])
  const names = [...new Set(targets.map((target) => parseWikilink(target).name).filter((name) => name !== ''))]
  const { data } = useIndex(names.length === 0 ? null : `resolve:${noteId}:${names.join('\n')}`, (index) =>
    index.call('resolve', { targets: names, fromId: noteId }),
  )
  return useMemo(() => {
    const found = new Map((data ?? []).map((answer) => [answer.target, answer.found]))
    const kinds = new Map<string, Kind | 'unwritten'>()
    for (const target of targets) {
      const hits = found.get(parseWikilink(target).name)
      if (hits) kinds.set(target, hits[0]?.kind ?? 'unwritten')
    }
    return kinds
  }, [data, targets])
}
