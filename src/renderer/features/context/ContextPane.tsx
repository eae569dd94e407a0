import { History, Maximize2, PanelRight, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { useNote } from '../../platform/notes.ts'
import { canDock, togglePane, useLayout } from '../../state/layout.ts'
import { openPlace } from '../../state/tabs.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { keyLabel, runCommand } from '../commands/index.ts'
import { Backlinks, UnlinkedMentions } from './Backlinks.tsx'
import { CommitmentParts } from './CommitmentParts.tsx'
import { GroundChanged } from './GroundChanged.tsx'
import { Outline } from './Outline.tsx'
import { Outlinks } from './Outlinks.tsx'
import { Section } from './Section.tsx'
import { WORDS } from './words.ts'
import './context.css'

/** What stands around a note: links above, which scroll; outline and nearby graph below, which stay. */
export function ContextPane({ id, nearby }: { id: NoteId; nearby: ReactNode }) {
  const { data: note } = useNote(id)
  const isDocked = useLayout(({ breadth }) => canDock(breadth, 'context'))
  return (
    <>
      <div className="bar">
        <h2 className="ctx-title">{WORDS.title}</h2>
        <span className="bar-space" />
        <IconButton icon={History} label={WORDS.versions} onClick={() => runCommand('note.versions')} />
        <IconButton
          icon={isDocked ? PanelRight : X}
          label={isDocked ? WORDS.hide : WORDS.close}
          keys={keyLabel('view.context')}
          onClick={() => togglePane('context')}
        />
      </div>
      {/* Scrolled with the arrow keys where nothing in it takes the focus. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll region has to be reached by the keyboard */}
      <section className="ctx-scroll" tabIndex={0} aria-label={WORDS.around} data-pane-focus>
        {note && !note.trashed && (
          <>
            {note.kind !== 'commitment' && <GroundChanged id={id} />}
            {note.kind === 'commitment' && <CommitmentParts key={id} id={id} />}
            <Backlinks id={id} kind={note.kind} />
            <Outlinks id={id} />
            <UnlinkedMentions id={id} />
          </>
        )}
      </section>
      <div className="ctx-pinned">
        <Outline id={id} />
        {note && !note.trashed && (
          <Section
            name="nearby"
            title={WORDS.nearby}
            aside={
              <IconButton
                className="is-small"
                icon={Maximize2}
                label={WORDS.openGraph}
                keys={keyLabel('go.graph')}
                onClick={() => openPlace({ at: 'graph' })}
              />
            }
          >
            {nearby}
          </Section>
        )}
      </div>
    </>
  )
}
