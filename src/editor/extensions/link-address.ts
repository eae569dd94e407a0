import { $isLinkNode } from '@lexical/link'
import type { EditorDOMRenderConfig } from 'lexical'
import { safeUrl } from '../../core/link/url.ts'

const HAS_SCHEME = /^[\s\p{C}]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/iu

/**
 * What of a link's address reaches the page: `href` where `core/link/url` calls it safe, in the place of Lexical's own
 * choice, which lets `tel:` and paths through and makes web addresses of the latter. A path is a note's and stays a
 * link without an address; what is neither has no role, and `data-refused` says so to the style sheet.
 */
export const $decorateLink: EditorDOMRenderConfig['$decorateDOM'] = (node, _previous, dom) => {
  if (!$isLinkNode(node)) return
  const url = node.getURL()
  const safe = safeUrl(url)
  if (safe === null) dom.removeAttribute('href')
  else dom.setAttribute('href', safe)
  const isRefused = safe === null && HAS_SCHEME.test(url)
  dom.toggleAttribute('data-refused', isRefused)
  if (safe === null && !isRefused) dom.setAttribute('role', 'link')
  else dom.removeAttribute('role')
}
