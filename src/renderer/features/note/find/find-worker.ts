import { findAll, findExpression } from '../../../../core/note/find-in-note.ts'
import type { SearchAnswer, SearchQuestion } from './search-texts.ts'

/** Looks through texts with an expression that may take for ever: whoever asked ends this worker then. */
self.onmessage = ({ data }: MessageEvent<SearchQuestion>) => {
  const expression = findExpression(data.query)
  const found = data.texts.map((text) => findAll(expression, text, data.most))
  self.postMessage({ id: data.id, found } satisfies SearchAnswer)
}
