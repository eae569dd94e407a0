import type { Passage } from '../../../../core/note/passages.ts'

const ORDINALS = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth']
const NUMBERS = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** What a passage is: “First paragraph”, “Table, 4 rows”. */
export function whatItIs({ is, n }: Pick<Passage, 'is' | 'n'>): string {
  switch (is) {
    case 'paragraph':
      return n <= ORDINALS.length ? `${ORDINALS[n - 1]} paragraph` : `Paragraph ${n}`
    case 'table':
      return `Table, ${n} ${n === 1 ? 'row' : 'rows'}`
    case 'heading':
      return 'Heading'
    case 'item':
      return 'Item of a list'
    case 'quote':
      return 'Quote'
    case 'callout':
      return 'Callout'
    case 'code':
      return 'Code'
    case 'source':
      return 'Source'
  }
}

/** Who leads to it: “Two commitments rest on it”, or notes that link to it; '' for nobody. */
export function whoLeadsTo(links: { readonly notes: number; readonly commitments: number } | undefined): string {
  if (!links || links.notes === 0) return ''
  const { notes, commitments } = links
  const count = (n: number, noun: string) => `${NUMBERS[n] ?? n} ${noun}${n === 1 ? '' : 's'}`
  if (commitments > 0) return `${count(commitments, 'commitment')} ${commitments === 1 ? 'rests' : 'rest'} on it`
  return `${count(notes, 'note')} ${notes === 1 ? 'links' : 'link'} to it`
}
