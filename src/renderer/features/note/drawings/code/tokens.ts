import type { createLowlight } from 'lowlight'

/** What colours tell apart: more kinds than these would be decoration. */
export const TOKEN_KINDS = ['keyword', 'string', 'comment'] as const

/** Of a block's text: start, end and index into TOKEN_KINDS of each token, in order, without overlap. */
export type Tokens = readonly number[]

export type ColourRequest = { readonly id: number; readonly language: string; readonly text: string }
export type ColourAnswer = { readonly id: number; readonly tokens: Tokens }

/** highlight.js's classes; what is not here is ink. */
const KIND_OF: Readonly<Record<string, number>> = {
  ...Object.fromEntries(['keyword', 'literal', 'attr', 'tag', 'name', 'selector-tag', 'section', 'meta'].map(of(0))),
  ...Object.fromEntries(['string', 'regexp', 'symbol', 'link', 'addition', 'char'].map(of(1))),
  ...Object.fromEntries(['comment', 'quote', 'doctag', 'deletion'].map(of(2))),
}
function of(kind: number) {
  return (name: string): [string, number] => [`hljs-${name}`, kind]
}

type Node = ReturnType<ReturnType<typeof createLowlight>['highlight']>['children'][number]

/** The coloured pieces of what lowlight answers. The innermost class that has a colour wins. */
export function tokensOf(children: readonly Node[]): Tokens {
  const tokens: number[] = []
  let at = 0
  const walk = (nodes: readonly Node[], kind: number) => {
    for (const node of nodes) {
      if (node.type === 'text') {
        const end = at + node.value.length
        const last = tokens.length - 3
        if (kind >= 0 && end > at) {
          if (last >= 0 && tokens[last + 1] === at && tokens[last + 2] === kind) tokens[last + 1] = end
          else tokens.push(at, end, kind)
        }
        at = end
      } else if (node.type === 'element') {
        const names = Array.isArray(node.properties.className) ? node.properties.className : []
        const own = names.map((name) => KIND_OF[String(name)]).find((found) => found !== undefined)
        // a substitution in a string is code again
        const isCode = names.includes('hljs-subst')
        walk(node.children as readonly Node[], isCode ? -1 : (own ?? kind))
      }
    }
  }
  walk(children, -1)
  return tokens
}
