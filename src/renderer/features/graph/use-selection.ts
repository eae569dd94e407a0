import { useState } from 'react'
import { readingOf } from '../../../core/relation/words.ts'
import { useWords } from '../../platform/relation-words.ts'
import { kindOf } from './graph-data.ts'
import type { GraphData } from './messages.ts'
import { WORDS } from './words.ts'

/** What is chosen in the drawing and the list, and what a screen reader says of it: the relation first. */
export function useSelection(data: GraphData | null) {
  const [selected, setSelected] = useState<string | null>(null)
  const words = useWords()
  const [spoken, setSpoken] = useState('')
  const choose = (id: string, edge: number | null = null) => {
    if (id === selected || !data) return
    setSelected(id)
    const node = data.ids.indexOf(id)
    const title = data.titles[node] ?? ''
    const kind = kindOf(data, node)
    if (edge === null) {
      setSpoken(WORDS.node(title, kind))
      return
    }
    const word = data.words[data.relations[edge] ?? 0] ?? ''
    setSpoken(WORDS.linked(readingOf(word, data.ends[edge * 2] === node, words), title, kind))
  }
  return { selected: data && selected !== null && data.ids.includes(selected) ? selected : null, spoken, choose }
}
