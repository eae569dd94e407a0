import { History, Link, ListTree, TextSearch, Waypoints } from 'lucide-react'
import type { NoteId } from '../../../core/base/ids.ts'
import { useIndex } from '../../platform/use-live.ts'
import { togglePane, useLayout } from '../../state/layout.ts'
import { useNoteFacts } from '../../state/note-facts.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { keyLabel, runCommand } from '../commands/index.ts'
import { useBacklinks } from './use-context.ts'
import { WORDS } from './words.ts'

/** The counts of the context pane while it is away, so that it still says that there are nine links. */
export function ContextRail({ id }: { id: NoteId }) {
  const isOpen = useLayout(({ drawer }) => drawer === 'context')
  const links = useBacklinks(id).data?.total ?? 0
  const mentions =
    useIndex(`unlinked:${id}`, (index) => index.call('unlinkedMentions', { id, limit: 1 })).data?.total ?? 0
  const nearby =
    useIndex(`nearby:${id}`, (index) => index.call('graph', { center: id, depth: 1 })).data?.nodes.length ?? 1
  const headings = useNoteFacts(({ byNote }) => byNote[id]?.outline.length ?? 0)
  const rows = [
    { icon: Link, count: links, name: WORDS.links(links) },
    { icon: TextSearch, count: mentions, name: WORDS.mentionsCount(mentions) },
    { icon: ListTree, count: headings, name: WORDS.headings(headings) },
    { icon: Waypoints, count: nearby - 1, name: WORDS.nearbyCount(nearby - 1) },
  ]
  return (
    <div className="rail" data-pane="rail" role="toolbar" aria-orientation="vertical" aria-label={WORDS.title}>
      {rows.map(({ icon, count, name }) => (
        <Tooltip key={name} text={name} keys={keyLabel('view.context')}>
          <button type="button" aria-label={name} aria-expanded={isOpen} onClick={() => togglePane('context')}>
            <Icon of={icon} />
            <span className="num" aria-hidden="true">
              {count}
            </span>
          </button>
        </Tooltip>
      ))}
      <Tooltip text={WORDS.versions}>
        <button type="button" aria-label={WORDS.versions} onClick={() => runCommand('note.versions')}>
          <Icon of={History} />
        </button>
      </Tooltip>
    </div>
  )
}
