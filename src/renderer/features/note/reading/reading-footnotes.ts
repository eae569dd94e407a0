import { createContext, useContext } from 'react'
import type { Footnote, Tree } from '../../../../core/markdown/tree.ts'
import { footnoteMark } from '../../../../core/note/footnotes.ts'
import { eachInline } from '../../../../core/note/passage.ts'

/** Numbers of the marks of a text, by their source. */
export const FootnoteNumbers = createContext<ReadonlyMap<string, number>>(new Map())

export function useFootnoteNumber(source: string | null): number | null {
  const numbers = useContext(FootnoteNumbers)
  return source === null ? null : (numbers.get(source) ?? null)
}

/** Marks count from 1 in their order; two marks of one label have one number. */
export function numbersIn(tree: Tree): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>()
  eachInline(tree, (inline) => {
    if (inline.type !== 'raw' || !footnoteMark(inline.source) || numbers.has(inline.source)) return
    numbers.set(inline.source, numbers.size + 1)
  })
  return numbers
}

export type InlineWords = { readonly number: number; readonly source: string; readonly words: string }

/** Footnotes whose words stand in the text, by their numbers. */
export const inlineIn = (numbers: ReadonlyMap<string, number>): InlineWords[] =>
  [...numbers].flatMap(([source, number]) => {
    const mark = footnoteMark(source)
    return mark?.is === 'inline' ? [{ number, source, words: mark.words }] : []
  })

export const numberOf = (footnote: Footnote, numbers: ReadonlyMap<string, number>): number | string =>
  numbers.get(`[^${footnote.label}]`) ?? footnote.label
