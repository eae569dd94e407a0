import type { FromGraph, ToGraph } from '../messages.ts'
import { GraphStage } from './graph-stage.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
let stage: GraphStage | null = null

scope.onmessage = ({ data }: MessageEvent<ToGraph>) => {
  if (data.do === 'start') {
    const layout = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' })
    stage = new GraphStage({ ...data, layout, tell: (message: FromGraph) => scope.postMessage(message) })
  } else {
    stage?.take(data)
  }
}
