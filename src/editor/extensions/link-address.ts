import { LinkNode } from '@lexical/link'
import { $getNodeByKey, type LexicalEditor } from 'lexical'
import type { Disposer } from '../../core/base/disposable.ts'
import { safeUrl } from '../../core/link/url.ts'

const HAS_SCHEME = /^[\s\p{C}]*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/iu

/**
 * What of a link's address reaches the page: `href` where `core/link/url` calls it safe, in the place of Lexical's own
 * choice, which lets `tel:` and `//host` through and makes web addresses of paths. A path is a note's and stays a
 * link without an address; what is neither has no role, and `data-refused` says so to the style sheet.
 */
export const registerLinkAddresses = (editor: LexicalEditor): Disposer =>
  editor.registerMutationListener(
    LinkNode,
    (mutations) => {
      editor.getEditorState().read(() => {
        for (const [key, mutation] of mutations) {
          const node = mutation === 'destroyed' ? null : $getNodeByKey<LinkNode>(key)
          const dom = editor.getElementByKey(key)
          if (node && dom) showAddress(dom, node.getURL())
        }
      })
    },
    { skipInitialization: false },
  )

/** Gives the element of a link the address, or takes it away. */
export function showAddress(dom: HTMLElement, url: string): void {
  const safe = safeUrl(url)
  if (safe === null) dom.removeAttribute('href')
  else dom.setAttribute('href', safe)
  const isRefused = safe === null && HAS_SCHEME.test(url)
  dom.toggleAttribute('data-refused', isRefused)
  if (safe === null && !isRefused) dom.setAttribute('role', 'link')
  else dom.removeAttribute('role')
}
