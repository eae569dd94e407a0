import { common, createLowlight } from 'lowlight'
import { type ColourAnswer, type ColourRequest, tokensOf } from './tokens.ts'

const lowlight = createLowlight(common)

self.addEventListener('message', ({ data: { id, language, text } }: MessageEvent<ColourRequest>) => {
  const tree = lowlight.registered(language) ? lowlight.highlight(language, text) : null
  const answer: ColourAnswer = { id, tokens: tree ? tokensOf(tree.children) : [] }
  self.postMessage(answer)
})

self.postMessage('ready')
