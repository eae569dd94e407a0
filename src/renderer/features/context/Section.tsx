import { ChevronDown, ChevronRight } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { toggleSection, useSections } from '../../state/sections.ts'
import { Icon } from '../../ui/Icon.tsx'

type SectionProps = {
  /** Remembers whether it is folded. */
  name: string
  title: string
  count?: number | undefined
  aside?: ReactNode
  children: ReactNode
}

/** A part of the context pane under its heading, which folds it. */
export function Section({ name, title, count, aside, children }: SectionProps) {
  const id = useId()
  const isFolded = useSections(({ folded }) => folded.has(name))
  return (
    <section className="ctx-section" aria-labelledby={id}>
      <div className="ctx-head">
        <h3 id={id}>
          <button type="button" className="ctx-fold" aria-expanded={!isFolded} onClick={() => toggleSection(name)}>
            {title}
            {count !== undefined && <span className="ctx-count num">{count.toLocaleString()}</span>}
            <Icon of={isFolded ? ChevronRight : ChevronDown} size={12} />
          </button>
        </h3>
        {aside}
      </div>
      {!isFolded && children}
    </section>
  )
}
