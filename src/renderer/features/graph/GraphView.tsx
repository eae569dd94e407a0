import { ListTree, Maximize, Minus, Plus, X } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { isId, noteId } from '../../../core/base/ids.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { type CanvasActions, GraphCanvas } from './GraphCanvas.tsx'
import { GraphList } from './GraphList.tsx'
import { countsOf, withoutKinds } from './graph-data.ts'
import { Legend } from './Legend.tsx'
import type { NodeKind } from './messages.ts'
import { type IndexClient, useGraph } from './use-graph.ts'
import { useSelection } from './use-selection.ts'
import { WORDS } from './words.ts'
import './graph.css'

/** px: drawing and list side by side. */
const WIDE = 760
/** px: wide enough for the list to stand there from the start. */
const ROOMY = 1100
const LEGEND = 250

export type GraphViewProps = {
  index: IndexClient | null
  onOpen: (id: NoteId) => void
  /** Name under which places are remembered from one opening to the next: one for each vault. */
  vaultId?: string
}

/** The whole vault: a drawing, what its signs mean, and the same as a list. */
export function GraphView({ index, onOpen, vaultId }: GraphViewProps) {
  const view = useRef<HTMLDivElement>(null)
  const actions = useRef<CanvasActions>(null)
  const whole = useGraph(index, null, 1)
  const [hidden, setHidden] = useState<ReadonlySet<NodeKind>>(new Set())
  const [isShown, setIsShown] = useState(false)
  const [isWide, setIsWide] = useState(true)
  const [hasList, setHasList] = useState(false)
  const data = useMemo(() => whole && withoutKinds(whole, hidden), [whole, hidden])
  const counts = useMemo(() => whole && countsOf(whole), [whole])
  const shown = useMemo(() => data && countsOf(data), [data])
  const { selected, spoken, choose } = useSelection(data)

  useEffect(() => {
    const element = view.current
    if (!element) return
    setHasList(element.clientWidth >= ROOMY)
    const observer = new ResizeObserver(() => setIsWide(element.clientWidth >= WIDE))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const open = (id: string) => {
    if (isId(id)) onOpen(noteId(id))
  }
  const hide = (kind: NodeKind, isHidden: boolean) =>
    setHidden((before) => {
      const next = new Set(before)
      if (isHidden) next.add(kind)
      else next.delete(kind)
      return next
    })

  const isDrawn = isWide || !hasList
  return (
    <div className={isWide ? 'graph-view' : 'graph-view is-narrow'} ref={view}>
      <section className="graph-stage" hidden={!isDrawn}>
        {data?.ids.length !== 0 && (
          <GraphCanvas
            data={data}
            store={vaultId ?? null}
            surface="paper"
            insetLeft={isWide ? LEGEND : 0}
            label={WORDS.whole(shown?.notes ?? 0, data?.relations.length ?? 0)}
            selected={selected}
            onSelect={choose}
            onOpen={open}
            onShown={() => setIsShown(true)}
            actions={actions}
          />
        )}
        {counts && whole && whole.ids.length > 0 && isWide && <Legend counts={counts} hidden={hidden} onHide={hide} />}
        {whole?.ids.length === 0 && <p className="graph-empty">{WORDS.empty}</p>}
        {counts && shown && counts.notes > 0 && (
          <p className="graph-foot num">
            {isShown ? WORDS.shown(shown.notes, counts.notes) : WORDS.arranging(counts.notes)}
          </p>
        )}
        <div className="graph-tools">
          {!hasList && (
            <IconButton icon={ListTree} label={isWide ? WORDS.list : WORDS.showList} onClick={() => setHasList(true)} />
          )}
          <IconButton icon={Plus} label={WORDS.zoomIn} onClick={() => actions.current?.zoom(1.4)} />
          <IconButton icon={Minus} label={WORDS.zoomOut} onClick={() => actions.current?.zoom(1 / 1.4)} />
          <IconButton icon={Maximize} label={WORDS.fit} onClick={() => actions.current?.fit()} />
        </div>
      </section>
      {hasList && data && (
        <section className="graph-list" aria-label={WORDS.list}>
          <div className="graph-list-head">
            <h2>{WORDS.list}</h2>
            <IconButton
              icon={X}
              label={isWide ? WORDS.hideList : WORDS.showDrawing}
              onClick={() => setHasList(false)}
            />
          </div>
          <p className="graph-hint">{WORDS.listHint}</p>
          <GraphList data={data} selected={selected} onSelect={choose} onOpen={open} />
        </section>
      )}
      <p className="graph-spoken" aria-live="polite">
        {spoken}
      </p>
    </div>
  )
}
