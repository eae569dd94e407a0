/**
 * As much of a DOM as reading pasted HTML needs, where there is none: nested tags, quoted attributes, text. Not a
 * parser of real HTML: the tests give it well-formed markup, and Chromium's own parser is tested end to end.
 */
class FakeNode {
  readonly childNodes: FakeNode[] = []
  readonly #attributes: Readonly<Record<string, string>>
  constructor(
    readonly nodeType: 1 | 3,
    readonly nodeName: string,
    readonly nodeValue: string | null,
    attributes: Readonly<Record<string, string>> = {},
  ) {
    this.#attributes = attributes
  }

  get children(): FakeNode[] {
    return this.childNodes.filter((child) => child.nodeType === 1)
  }

  get textContent(): string {
    if (this.nodeValue !== null) return this.nodeValue
    let text = ''
    const open: FakeNode[] = [...this.childNodes].reverse()
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.nodeValue !== null) text += node.nodeValue
      open.push(...[...node.childNodes].reverse())
    }
    return text
  }

  getAttribute(name: string): string | null {
    return this.#attributes[name] ?? null
  }

  hasAttribute(name: string): boolean {
    return name in this.#attributes
  }

  parentElement: FakeNode | null = null
  get lastChild(): FakeNode | null {
    return this.childNodes.at(-1) ?? null
  }

  add(child: FakeNode): void {
    child.parentElement = this
    this.childNodes.push(child)
  }
}

const VOID = new Set(['br', 'hr', 'img', 'input', 'meta', 'link'])
const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*\/?>|([^<]+)/gi

export function fakeDom(html: string): Node {
  const body = new FakeNode(1, 'BODY', null)
  const open = [body]
  for (const [, close, tag, attributes, text] of html.matchAll(TOKEN)) {
    const parent = open.at(-1) ?? body
    if (text !== undefined) {
      parent.add(new FakeNode(3, '#text', text))
    } else if (close) {
      if (open.length > 1) open.pop()
    } else if (tag) {
      const pairs = [...(attributes ?? '').matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)]
      const node = new FakeNode(
        1,
        tag.toUpperCase(),
        null,
        Object.fromEntries(pairs.map(([, name, value]) => [name, value ?? ''])),
      )
      parent.add(node)
      if (!VOID.has(tag.toLowerCase())) open.push(node)
    }
  }
  return body as unknown as Node
}
