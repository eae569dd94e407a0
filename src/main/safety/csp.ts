/** The content security policies of everything that this app serves. No inline script or style, no eval. */
const PAGE = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
]

/** The script of the worker that compiles SQLite; each worker obeys its own response's policy, not its page's. */
const SQLITE_WORKER = /^\/assets\/index-worker(-[\w-]+)?\.js$/

/** The page that draws diagrams, below `app://bundle`: it is shown in a frame, and nowhere else. */
export const DIAGRAM_PAGE = '/diagram.html'

/**
 * A sandbox without an origin, whoever frames it. Mermaid writes style elements; nothing but our own files is a
 * script, and nothing at all is loaded beside them.
 */
const DIAGRAM_CSP = [
  'sandbox allow-scripts',
  "default-src 'none'",
  'script-src app://bundle',
  "style-src 'unsafe-inline'",
  "base-uri 'none'",
  "form-action 'none'",
  'frame-ancestors app://bundle',
].join('; ')

/**
 * @param pathname of an address below `app://bundle`
 * @param vaultId the vault that the window shows: only its attachments are images here
 */
export function pageCsp(pathname: string, vaultId: string | null): string {
  const script = SQLITE_WORKER.test(pathname) ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'"
  if (pathname === DIAGRAM_PAGE) return DIAGRAM_CSP
  const images = vaultId === null ? "img-src 'self'" : `img-src 'self' attachment://${vaultId}`
  if (pathname !== '/index.html') return [...PAGE, script, images].join('; ')
  // a diagram is drawn in the frame and shown as an image, whose bytes the page holds
  return [...PAGE, script, `${images} blob:`, `frame-src app://bundle${DIAGRAM_PAGE}`].join('; ')
}

/** For a person's own files: whatever they hold, nothing in them runs, loads or is a page of ours. */
export const ATTACHMENT_CSP = "sandbox; default-src 'none'"
