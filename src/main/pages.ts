import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { CustomScheme, Session } from 'electron'
import { isId } from '../core/base/ids.ts'
import { pageCsp } from './safety/csp.ts'
import { bundlePath } from './safety/urls.ts'

/** Must be registered before the app is ready. */
export const PAGE_SCHEME: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true, corsEnabled: true },
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
}

const notFound = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } })

/** Answers one request for a page of ours. @param folder where the built pages lie */
export async function servePage(request: Request, folder: string): Promise<Response> {
  const segments = bundlePath(request.url)
  if (!segments || (request.method !== 'GET' && request.method !== 'HEAD')) return notFound()
  const type = TYPES[path.extname(segments.at(-1) ?? '')]
  if (!type) return notFound()
  const { pathname, searchParams } = new URL(request.url)
  const vault = searchParams.get('vault')
  try {
    const body = await readFile(path.join(folder, ...segments))
    return new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': pageCsp(pathname, vault !== null && isId(vault) ? vault : null),
        'x-content-type-options': 'nosniff',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        // the frame of diagrams has no origin: to it our own scripts come from somewhere else
        ...(type.startsWith('text/javascript') ? { 'access-control-allow-origin': '*' } : {}),
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      },
    })
  } catch {
    return notFound()
  }
}

/** `protocol.handle` holds for one session only, so each partition gets its own. */
export function servePages(session: Session, folder: string): void {
  session.protocol.handle('app', (request) => servePage(request, folder))
}
