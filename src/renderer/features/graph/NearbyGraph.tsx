import { ListTree, Waypoints } from 'lucide-react'
import { useId, useState } from 'react'
import { isId, type NoteId, noteId } from '../../../core/base/ids.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { GraphCanvas } from './GraphCanvas.tsx'
import { GraphList } from './GraphList.tsx'
import { countsOf } from './graph-data.ts'
import { type IndexClient, useGraph } from './use-graph.ts'
import { useSelection } from './use-selection.ts'
import { WORDS } from './words.ts'
import './graph.css'

const STEPS = [1, 2, 3] as const

export type NearbyGraphProps = { index: IndexClient | null; center: NoteId; onOpen: (id: NoteId) => void }

/** What stands around one note, one to three steps far; for the context pane. */
export function NearbyGraph({ index, center, onOpen }: NearbyGraphProps) {
  const group = useId()
  const [steps, setSteps] = useState<number>(1)
  const [isList, setIsList] = useState(false)
  const data = useGraph(index, center, steps)
  const { selected, spoken, choose } = useSelection(data)
  const open = (id: string) => {
    if (isId(id) && id !== center) onOpen(noteId(id))
  }
  if (data && data.ids.length <= 1 && steps === 1) return <p className="graph-alone">{WORDS.alone}</p>
  const title = data?.titles[data.ids.indexOf(center)] ?? ''
  return (
    <div className="graph-nearby">
      <div className="graph-mini">
        {!isList && (
          <GraphCanvas
            data={data}
            store={null}
            surface="desk"
            insetLeft={0}
            label={WORDS.nearby(title, data ? countsOf(data).notes : 0)}
            selected={selected}
            onSelect={choose}
            onOpen={open}
            onShown={nothing}
          />
        )}
        {data && isList && <GraphList data={data} selected={selected} onSelect={choose} onOpen={open} />}
      </div>
      <div className="graph-mini-foot">
        <fieldset className="graph-steps">
          <legend>{WORDS.steps}</legend>
          {STEPS.map((step) => (
            <label key={step}>
              <input
                type="radio"
                name={group}
                aria-label={WORDS.step(step)}
                checked={steps === step}
                onChange={() => setSteps(step)}
              />
              <span aria-hidden="true">{step}</span>
            </label>
          ))}
        </fieldset>
        <IconButton
          className="is-small"
          icon={isList ? Waypoints : ListTree}
          label={isList ? WORDS.showDrawing : WORDS.showList}
          onClick={() => setIsList(!isList)}
        />
      </div>
      <p className="graph-spoken" aria-live="polite">
        {spoken}
      </p>
    </div>
  )
}

const nothing = () => {}
