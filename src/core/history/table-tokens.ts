import { printDelimiters } from '../markdown/print-table.ts'
import type { Cell, Table } from '../markdown/tree.ts'
import { type Token, tokensOf } from './tokens.ts'

const plain = (text: string): Token[] => tokensOf([{ type: 'text', text, marks: 0 }])
const BAR = plain(' | ')

/** A table as the lines of Markdown that it would be, its words with their looks; whoever draws it parts the cells. */
export function tableTokens({ columns, rows }: Table): Token[] {
  const [head = [], ...body] = rows
  const lines = body.flatMap((row) => [...plain('\n'), ...rowTokens(row)])
  return [...rowTokens(head), ...plain(`\n${printDelimiters(columns)}`), ...lines]
}

function rowTokens(row: readonly Cell[]): Token[] {
  const cells = row.map((cell) => tokensOf(cell).map(inCell))
  return [...plain('| '), ...cells.flatMap((cell, at) => (at === 0 ? cell : [...BAR, ...cell])), ...plain(' |')]
}

/** A word with a bar in it says so, as in Markdown. */
const inCell = (token: Token): Token =>
  /[|\n]/.test(token.text)
    ? { ...token, text: token.text.replaceAll('|', '\\|').replaceAll('\n', ' '), key: `${token.key}\u0000cell` }
    : token
