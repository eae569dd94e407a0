import { labelKey } from './inline-tokens.ts'
import { isContainer, type Tree } from './tree.ts'

const DEFINITION = /^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*\[((?:[^[\]\\]|\\.){1,999})\]:/gm
const NONE: ReadonlySet<string> = new Set()

/**
 * The reference labels that a note defines, normalised. Reference definitions are verbatim blocks (or in them),
 * so reading and printing find the same ones. A line in HTML that looks like a definition counts as one: harmless,
 * since its references are then kept as written.
 */
export function definedLabels(blocks: Tree): ReadonlySet<string> {
  let labels: Set<string> | null = null
  const collect = (inner: Tree): void => {
    for (const block of inner) {
      if (isContainer(block)) collect(block.children)
      if (block.type !== 'verbatim' || !block.source.includes(']:')) continue
      for (const match of block.source.matchAll(DEFINITION)) {
        const label = labelKey(match[1] ?? '')
        if (label === '' || label.startsWith('^')) continue
        labels ??= new Set()
        labels.add(label)
      }
    }
  }
  collect(blocks)
  return labels ?? NONE
}
