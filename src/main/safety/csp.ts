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

/**
 * @param pathname of an address below `app://bundle`
 * @param vaultId the vault that the window shows: only its attachments are images here
 */
export function pageCsp(pathname: string, vaultId: string | null): string {
  const script = SQLITE_WORKER.test(pathname) ? "script-src 'self' 'wasm-unsafe-eval'" : "script-src 'self'"
  const images = vaultId === null ? "img-src 'self'" : `img-src 'self' attachment://${vaultId}`
  return [...PAGE, script, images].join('; ')
}

/** For a person's own files: whatever they hold, nothing in them runs, loads or is a page of ours. */
export const ATTACHMENT_CSP = "sandbox; default-src 'none'"
