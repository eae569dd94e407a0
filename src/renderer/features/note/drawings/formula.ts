import type { KatexOptions } from 'katex'
import { WORDS } from './words.ts'

/** What is drawn of a formula: MathML that stands for nothing but signs, or what is wrong with its source. */
export type DrawnFormula =
  | { readonly is: 'result'; readonly math: Element }
  | { readonly is: 'mistake'; readonly text: string }

/** KaTeX's tree before it is DOM, as far as it is looked at here. */
type Part = { readonly attributes?: Record<string, string>; readonly children?: readonly Part[] }
type Katex = { __renderToDomTree(tex: string, options: KatexOptions): Part & { toNode(): Element } }

/** Characters of one formula; KaTeX takes about a millisecond for a hundred. */
const LONGEST = 10_000

const OPTIONS: KatexOptions = {
  output: 'mathml',
  throwOnError: true,
  strict: 'ignore',
  // no \href, \url, \includegraphics, \htmlStyle
  trust: false,
  maxExpand: 1_000,
  // in em: a rule or a space of a kilometre is drawn as one of this
  maxSize: 20,
}

let loading: Promise<Katex> | null = null

/** KaTeX, once the first formula is to be drawn: a start without one does not pay for it. */
function loadKatex(): Promise<Katex> {
  // its virtual tree is exported for its own plug-ins only, and so has no type
  loading ??= import('katex').then((module) => module.default as unknown as Katex)
  loading.catch(() => {
    loading = null
  })
  return loading
}

/** The formula between the signs, and whether it is set on lines of its own. */
export function formulaOf(source: string): { readonly tex: string; readonly isDisplay: boolean } {
  const text = source.trim()
  const sign = text.startsWith('$$') ? '$$' : '$'
  const body = text.slice(sign.length)
  const tex = body.endsWith(sign) ? body.slice(0, -sign.length) : body
  return { tex: tex.trim(), isDisplay: sign === '$$' }
}

/** Draws a formula with its signs. Never fails: what is wrong is told. Null where there is nothing to draw. */
export async function drawFormula(source: string): Promise<DrawnFormula | null> {
  const { tex, isDisplay } = formulaOf(source)
  if (tex === '') return null
  if (tex.length > LONGEST) return { is: 'mistake', text: WORDS.formula.tooLong }
  try {
    const katex = await loadKatex()
    // a macro that one formula defines (\gdef) is not there in the next: `macros` is made anew
    const tree = katex.__renderToDomTree(tex, { ...OPTIONS, displayMode: isDisplay, macros: {} })
    const math = toMath(tree)
    if (!math) return { is: 'mistake', text: WORDS.formula.failed }
    math.setAttribute('aria-label', tex)
    return { is: 'result', math }
  } catch (error) {
    return { is: 'mistake', text: mistakeOf(error) }
  }
}

function mistakeOf(error: unknown): string {
  if (!(error instanceof Error) || error.name !== 'ParseError') return WORDS.formula.failed
  const { rawMessage = '', position } = error as Error & { rawMessage?: string; position?: number }
  return WORDS.formula.mistake(rawMessage, position === undefined ? null : position + 1)
}

const MATHML = 'http://www.w3.org/1998/Math/MathML'
/** Set by KaTeX on `\fcolorbox` and `\pmb`. As attributes of markup they would break the page's policy. */
const STYLED = 'data-style'
const ALLOWED_ATTRIBUTE =
  /^(?:accent|accentunder|align|class|columnalign|columnlines|columnspacing|depth|display|displaystyle|encoding|fence|form|height|largeop|linebreak|linethickness|lspace|mathbackground|mathcolor|mathsize|mathvariant|maxsize|minsize|movablelimits|notation|rowalign|rowlines|rowspacing|rspace|scriptlevel|separator|side|stretchy|symmetric|voffset|width|xmlns|data-style)$/

/** KaTeX's tree as DOM: the `math` element, of which each part is MathML and each attribute one that only sets. */
function toMath(tree: Part & { toNode(): Element }): Element | null {
  setStylesAside(tree)
  const math = tree.toNode().querySelector('math')
  if (!math) return null
  for (const element of [math, ...math.querySelectorAll('*')]) {
    if (element.namespaceURI !== MATHML) {
      element.remove()
      continue
    }
    for (const { name } of [...element.attributes]) if (!ALLOWED_ATTRIBUTE.test(name)) element.removeAttribute(name)
    const style = element.getAttribute(STYLED)
    if (style === null) continue
    element.removeAttribute(STYLED)
    const [property, value] = style.split(/:(.*)/s)
    const own = (element as MathMLElement).style
    if (property === 'border') own.border = value?.trim() ?? ''
    if (property === 'text-shadow') own.textShadow = value?.trim() ?? ''
  }
  // the source is the name already; a copy of it inside would be read twice
  for (const annotation of math.querySelectorAll('annotation')) annotation.remove()
  return math
}

function setStylesAside(part: Part): void {
  const { attributes } = part
  if (attributes?.style !== undefined) {
    attributes[STYLED] = attributes.style
    delete attributes.style
  }
  for (const child of part.children ?? []) setStylesAside(child)
}
