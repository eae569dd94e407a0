import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { type OutlineItem, requestHeading, useNoteFacts } from '../../state/note-facts.ts'
import { typeahead } from '../../ui/typeahead.ts'
import { Section } from './Section.tsx'
import { WORDS } from './words.ts'

const NONE: readonly OutlineItem[] = []

/**
 * The note's headings; one goes there. The one that is read under stands out, the one that is written under has a
 * line beside it. A tree to the keyboard and to readers, all of it open: one stop for Tab, the arrows walk.
 */
export function Outline({ id }: { id: NoteId }) {
  const outline = useNoteFacts(({ byNote }) => byNote[id]?.outline) ?? NONE
  const readingKey = useNoteFacts(({ byNote }) => byNote[id]?.readingKey ?? null)
  const writingKey = useNoteFacts(({ byNote }) => byNote[id]?.writingKey ?? null)
  const rowId = useId()
  const tree = useRef<HTMLDivElement>(null)
  const search = useRef(typeahead())
  const [chosen, setChosen] = useState<string | null>(null)
  const wanted = outline.findIndex(({ key }) => key === (chosen ?? readingKey))
  const at = Math.max(0, wanted)

  // What is read stays in sight here too; the list moves by itself only while nobody is in it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that is read is another one then
  useEffect(() => {
    const element = tree.current
    if (!element || element.contains(document.activeElement)) return
    const row = element.querySelector('.is-read')
    if (row instanceof HTMLElement) {
      const { offsetTop: top, offsetHeight: height } = row
      if (top < element.scrollTop) element.scrollTop = top
      else if (top + height > element.scrollTop + element.clientHeight)
        element.scrollTop = top + height - element.clientHeight
    }
  }, [readingKey])

  if (outline.length === 0) return null
  const depths = depthsOf(outline)
  const go = (to: number) => {
    const next = Math.min(outline.length - 1, Math.max(0, to))
    setChosen(outline[next]?.key ?? null)
    document.getElementById(`${rowId}-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  const above = () => {
    const depth = depths[at] ?? 0
    const parent = depths.slice(0, at).findLastIndex((each) => each < depth)
    if (parent >= 0) go(parent)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(at + 1),
      ArrowUp: () => go(at - 1),
      ArrowRight: () => (depths[at + 1] ?? 0) > (depths[at] ?? 0) && go(at + 1),
      ArrowLeft: above,
      Home: () => go(0),
      End: () => go(outline.length - 1),
      Enter: () => requestHeading(id, outline[at]?.key ?? ''),
    }
    const move = moves[event.key]
    if (move) move()
    else if (event.key.length === 1 && event.key.trim() !== '') {
      const texts = outline.map(({ text }) => text)
      const found = search.current(event.key, texts, at)
      if (found >= 0) go(found)
    } else return
    event.preventDefault()
  }
  return (
    <Section name="outline" title={WORDS.outline}>
      <div
        ref={tree}
        className="ctx-outline"
        role="tree"
        aria-label={WORDS.outline}
        tabIndex={0}
        aria-activedescendant={`${rowId}-${at}`}
        onKeyDown={onKeyDown}
        onBlur={() => setChosen(null)}
      >
        {outline.map(({ key, text }, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the tree holds the focus for its rows
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree listens to the keyboard
          <div
            key={key}
            id={`${rowId}-${index}`}
            role="treeitem"
            aria-level={(depths[index] ?? 0) + 1}
            aria-selected={index === at}
            aria-current={key === readingKey ? 'location' : undefined}
            className={[
              'ctx-heading',
              key === readingKey ? 'is-read' : '',
              key === writingKey ? 'is-written' : '',
              index === at ? 'is-active' : '',
            ].join(' ')}
            data-depth={Math.min(depths[index] ?? 0, 5)}
            // the text keeps the focus until it is asked for there
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => requestHeading(id, key)}
          >
            <span className="clip">{text === '' ? WORDS.emptyHeading : text}</span>
          </div>
        ))}
      </div>
    </Section>
  )
}

/** How deep each stands below the others, from 0: a level that was left out is no step in. */
function depthsOf(outline: readonly OutlineItem[]): number[] {
  const levels: number[] = []
  return outline.map(({ level }) => {
    while (levels.length > 0 && (levels.at(-1) ?? 0) >= level) levels.pop()
    levels.push(level)
    return levels.length - 1
  })
}
