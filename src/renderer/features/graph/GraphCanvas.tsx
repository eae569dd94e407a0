import { type KeyboardEvent, type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react'
import type { Direction } from '../../../core/graph/find-node.ts'
import type { FromGraph, GraphData, ToGraph } from './messages.ts'
import { readPalette, type Surface, watchTheme } from './palette.ts'
import { attachPointer } from './pointer.ts'

export type CanvasActions = { zoom(factor: number): void; fit(): void; focus(): void }

type GraphCanvasProps = {
  /** Null until it is known: its worker starts meanwhile. */
  data: GraphData | null
  /** Name under which places are remembered; null: not at all. */
  store: string | null
  surface: Surface
  /** px at the left that something else covers. */
  insetLeft: number
  label: string
  selected: string | null
  /** `edge`: the one that was walked along, null when chosen otherwise. */
  onSelect: (id: string, edge: number | null) => void
  onOpen: (id: string) => void
  onShown: () => void
  actions?: Ref<CanvasActions>
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}
const ZOOM_KEYS: Readonly<Record<string, number>> = { '+': 1.3, '=': 1.3, '-': 1 / 1.3 }

/** A drawing that lives in a worker of its own: here are only its size, its colours and what a person does to it. */
export function GraphCanvas(props: GraphCanvasProps) {
  const { data, store, surface, insetLeft, label, selected, onSelect, onOpen, onShown, actions } = props
  const host = useRef<HTMLDivElement>(null)
  const [post, setPost] = useState<((message: ToGraph) => void) | null>(null)
  const [isOver, setIsOver] = useState(false)

  const hear = useEffectEvent((message: FromGraph) => {
    if (message.tell === 'hovered') setIsOver(message.id !== null)
    else if (message.tell === 'selected') onSelect(message.id, message.edge)
    else if (message.tell === 'opened') onOpen(message.id)
    else onShown()
  })

  useEffect(() => {
    const element = host.current
    if (!element) return
    // A canvas can be handed to a worker once, so each run of this effect makes its own.
    const canvas = document.createElement('canvas')
    element.append(canvas)
    const worker = new Worker(new URL('./worker/graph-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data: message }: MessageEvent<FromGraph>) => hear(message)
    const send = (message: ToGraph, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
    const offscreen = canvas.transferControlToOffscreen()
    const isReduced = matchMedia('(prefers-reduced-motion: reduce)').matches
    send({ do: 'start', canvas: offscreen, store, isReduced }, [offscreen])
    setPost(() => send)
    return () => {
      worker.terminate()
      canvas.remove()
      setPost(null)
    }
  }, [store])

  useEffect(() => {
    const element = host.current
    if (!element || !post) return
    const resize = () => {
      const { width, height } = element.getBoundingClientRect()
      if (width === 0 || height === 0) return
      post({ do: 'size', width, height, ratio: devicePixelRatio, inset: { left: insetLeft } })
    }
    const observer = new ResizeObserver(resize)
    observer.observe(element)
    return () => observer.disconnect()
  }, [post, insetLeft])

  useEffect(() => {
    const element = host.current
    if (!element || !post) return
    const tell = () => post({ do: 'palette', palette: readPalette(element, surface) })
    tell()
    return watchTheme(tell)
  }, [post, surface])

  useEffect(() => (data ? post?.({ do: 'data', data }) : undefined), [post, data])
  useEffect(() => post?.({ do: 'select', id: selected }), [post, selected])
  useEffect(() => (host.current && post ? attachPointer(host.current, post) : undefined), [post])
  useImperativeHandle(
    actions,
    () => ({
      zoom: (factor) => post?.({ do: 'zoom', at: null, factor }),
      fit: () => post?.({ do: 'fit' }),
      focus: () => host.current?.focus(),
    }),
    [post],
  )

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = ARROWS[event.key]
    const factor = ZOOM_KEYS[event.key]
    if (direction) post?.({ do: 'walk', direction })
    else if (factor) post?.({ do: 'zoom', at: null, factor })
    else if (event.key === '0') post?.({ do: 'fit' })
    else if (event.key === 'Enter' && selected !== null) onOpen(selected)
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={host}
      className={isOver ? 'graph-canvas is-over' : 'graph-canvas'}
      role="application"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
    />
  )
}
