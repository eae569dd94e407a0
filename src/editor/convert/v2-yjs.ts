import * as Y from 'yjs'
import {
  ALIGN_CELL,
  BLANK_CODE,
  FRESH_ITEM,
  HARD_BREAK,
  isInline,
  isText,
  LOOSE_ITEM,
  NEST,
  OUTSIDE_LINK,
  PARTED_CALLOUT,
  type V2Child,
  type V2Element,
  type V2Run,
  type V2Text,
  type V2Value,
} from './v2-node.ts'

/** Deeper content is not read: only a hostile doc has any, and recursion must not end the worker. */
const MAX_DEPTH = 200

/** Attributes that the neutral tree knows; others (alignment, indent) are left as they are. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  heading: ['__tag'],
  list: ['__listType', '__tag', '__start'],
  listitem: ['__value', '__checked', LOOSE_ITEM, FRESH_ITEM],
  link: ['__url', '__title', OUTSIDE_LINK, NEST],
  autolink: ['__url', '__title'],
  code: ['__language', BLANK_CODE],
  linebreak: [HARD_BREAK, NEST],
  callout: ['__kind', '__fold', PARTED_CALLOUT],
  footnote: ['__label'],
  tablecell: ['__headerState', ALIGN_CELL],
}

/** Yjs types attributes as strings; the binding writes numbers and booleans too. */
export const setAttribute = (element: Y.XmlElement, key: string, value: V2Value): void =>
  element.setAttribute(key, value as string)

export function createType(child: V2Child): Y.XmlElement | Y.XmlText {
  if (isText(child)) return createText(child)
  const element = new Y.XmlElement(child.type)
  for (const key in child.attributes) setAttribute(element, key, child.attributes[key] as V2Value)
  if (child.children.length > 0) element.insert(0, child.children.map(createType))
  return element
}

function createText(runs: V2Text): Y.XmlText {
  const [first] = runs
  if (runs.length === 1 && first && first.type === '' && first.format === 0 && first.nest === undefined)
    return new Y.XmlText(first.text)
  const text = new Y.XmlText()
  text.applyDelta(runs.map((run, index) => ({ insert: run.text, attributes: runAttributes(run, index) })))
  return text
}

/** As `TextAttributes` of @lexical/yjs: p properties, t type, s_ state, i index against merging. */
export function runAttributes(run: V2Run, index: number): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  if (run.type !== '') attributes.t = run.type
  if (run.format !== 0 || run.target !== '') {
    attributes.p = {
      ...(run.format === 0 ? {} : { __format: run.format }),
      ...(run.target === '' ? {} : { __target: run.target }),
    }
  }
  if (run.nest !== undefined) attributes[NEST] = run.nest
  if (index > 0) attributes.i = index
  return attributes
}

export const readChildren = (element: Y.XmlElement, depth = 0): V2Child[] => {
  const children: V2Child[] = []
  if (depth > MAX_DEPTH) return children
  for (const child of element.toArray()) {
    if (child instanceof Y.XmlText) children.push(readText(child))
    else if (child instanceof Y.XmlElement) children.push(readElement(child, depth + 1))
    // Nothing of ours; it keeps its place, so that indexes are those of the doc.
    else children.push({ type: '', attributes: {}, children: [] })
  }
  return children
}

function readElement(element: Y.XmlElement, depth = 0): V2Element {
  const children = readChildren(element, depth)
  return {
    type: element.nodeName,
    attributes: readAttributes(element),
    // a quote was text once: it reads as one paragraph, so that it is equal to what would be written now
    children: isFormerQuote(element.nodeName, children) ? [{ type: 'paragraph', attributes: {}, children }] : children,
  }
}

export const isFormerQuote = (type: string, children: readonly V2Child[]): boolean =>
  type === 'quote' && children.length > 0 && children.every(isInline)

/** A name that a peer made up may be one of JavaScript's own. */
export const knownOf = (type: string): readonly string[] => (Object.hasOwn(KNOWN, type) ? (KNOWN[type] ?? []) : [])

export function readAttributes(element: Y.XmlElement): Record<string, V2Value> {
  const attributes: Record<string, V2Value> = {}
  for (const key of knownOf(element.nodeName)) {
    const value: unknown = element.getAttribute(key)
    // An item that was ticked once and is not now carries `false`; one that never was carries nothing.
    if (typeof value === 'string' || typeof value === 'number' || value === true) attributes[key] = value
  }
  return attributes
}

export function readText(text: Y.XmlText): V2Run[] {
  const runs: V2Run[] = []
  for (const op of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof op.insert !== 'string') continue
    const { t, p, [NEST]: nest } = op.attributes ?? {}
    const { __format: format, __target: target } = (typeof p === 'object' && p !== null ? p : {}) as Record<
      string,
      unknown
    >
    runs.push({
      text: op.insert,
      format: typeof format === 'number' ? format : 0,
      type: t === 'wikilink' || t === 'raw' ? t : '',
      target: typeof target === 'string' ? target : '',
      ...(typeof nest === 'string' ? { nest } : {}),
    })
  }
  return runs
}
