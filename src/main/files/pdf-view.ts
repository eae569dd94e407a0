import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { BrowserWindow, type Session, session, type WebContents, WebContentsView } from 'electron'
import { invariant } from '../../core/base/invariant.ts'
import { CallError } from '../../ipc/rpc.ts'
import { guardSession, SAFE_PREFERENCES } from '../safety/guards.ts'
import { PAGE_POLICY } from './html-style.ts'

const ADDRESS = 'app://bundle/page.html'
const PREFIX = 'print-'
/** Folders in use; what else is called so was left by a run that was killed. */
const inUse = new Set<string>()
let last = 0

/** Runs `work` with a folder of its own in the app's, which nobody else can read, and removes it. */
export async function inOwnFolder<T>(profile: string, work: (folder: string) => Promise<T>): Promise<T> {
  for (const name of await readdir(profile)) {
    if (name.startsWith(PREFIX) && !inUse.has(path.join(profile, name))) {
      await rm(path.join(profile, name), { recursive: true, force: true }).catch(() => {})
    }
  }
  const folder = await mkdtemp(path.join(profile, PREFIX))
  inUse.add(folder)
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
    inUse.delete(folder)
  }
}

/**
 * Shows one page where nobody sees it, and runs `work` on it. Its session is its own, is kept nowhere and answers one
 * address; no script runs in it, whatever the page holds. A view needs no screen; only the system's print dialog
 * wants a window. Fails with `not-shown`.
 */
export async function withPage<T>(
  file: string,
  as: 'view' | 'window',
  signal: AbortSignal,
  work: (contents: WebContents) => Promise<T>,
): Promise<T> {
  const own = session.fromPartition(`page-${++last}`)
  wall(own, file)
  const webPreferences = { ...SAFE_PREFERENCES, session: own, javascript: false, images: true }
  const window = as === 'window' ? new BrowserWindow({ show: false, webPreferences }) : null
  // Held until the end: a view that nothing refers to is collected, and its page with it, in the midst of loading.
  const view = window ? null : new WebContentsView({ webPreferences })
  const contents = (window ?? view)?.webContents
  invariant(contents !== undefined, 'one of them was made')
  let fail: (error: Error) => void = () => {}
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  failed.catch(() => {})
  const lost = () => fail(new CallError('not-shown', 'The notes could not be laid out as a page. Nothing was written.'))
  const stop = () => fail(new CallError('cancelled', 'Stopped. Nothing was written.'))
  contents.once('render-process-gone', lost)
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  try {
    await Promise.race([contents.loadURL(ADDRESS).catch(lost), failed])
    return await Promise.race([work(contents), failed])
  } finally {
    signal.removeEventListener('abort', stop)
    if (window && !window.isDestroyed()) window.destroy()
    view?.webContents?.close()
    own.protocol.unhandle('app')
  }
}

function wall(own: Session, file: string): void {
  guardSession(own, { isHost: false })
  own.webRequest.onBeforeRequest((details, done) => {
    done({ cancel: details.url !== ADDRESS && !/^(?:data|devtools|chrome):/.test(details.url) })
  })
  // All of it at once: it is one file, and it is read once.
  own.protocol.handle('app', async ({ url, method }) =>
    url === ADDRESS && method === 'GET'
      ? new Response(await readFile(file), {
          headers: {
            'content-type': 'text/html; charset=utf-8',
            'content-security-policy': PAGE_POLICY,
            'x-content-type-options': 'nosniff',
            'referrer-policy': 'no-referrer',
            'cache-control': 'no-store',
          },
        })
      : new Response('not found', { status: 404 }),
  )
}
