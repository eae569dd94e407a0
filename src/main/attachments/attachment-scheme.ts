import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { CustomScheme, Session } from 'electron'
import { isId, vaultId } from '../../core/base/ids.ts'
import { ATTACHMENT_CSP } from '../safety/csp.ts'
import type { VaultRegistry } from '../store/registry.ts'
import type { AttachmentStore } from './attachment-store.ts'
import { servedType } from './media-type.ts'
import type { RemotePictures } from './remote-pictures.ts'

/**
 * `attachment://<vault>/<sha256>?type=image/png`. Standard, so that each vault is an origin of its own and a
 * page's policy can name the one that it may show; no fetch, no code cache, no privileges.
 */
export const ATTACHMENT_SCHEME: CustomScheme = {
  scheme: 'attachment',
  privileges: { standard: true, secure: true, stream: true },
}

const notFound = () => new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } })

type Sources = {
  readonly attachments: AttachmentStore
  readonly registry: VaultRegistry
  /** Pictures of the web that the person asked for; none where they are not loaded. */
  readonly remotePictures?: Pick<RemotePictures, 'get'>
}

/** Answers one request for a person's file: verified against its hash, and inert whatever it holds. */
export async function serveAttachment(request: Request, sources: Sources): Promise<Response> {
  const { attachments, registry, remotePictures } = sources
  const { host, pathname, searchParams } = new URL(request.url)
  const [, sha256] = /^\/([0-9a-f]{64})$/.exec(pathname) ?? []
  if (sha256 === undefined || request.method !== 'GET' || !isId(host)) return notFound()
  const vault = registry.get(vaultId(host))
  const file = vault && (await attachments.verified(vault.id, sha256))
  const remote = vault && !file ? (remotePictures?.get(vault.id, sha256) ?? null) : null
  if (!file && !remote) return notFound()
  const type = remote?.type ?? servedType(searchParams.get('type'))
  const body = file ? (Readable.toWeb(createReadStream(file.path)) as ReadableStream<Uint8Array>) : remote?.bytes
  return new Response(body as BodyInit, {
    headers: {
      'content-type': type,
      'content-length': String(file?.size ?? remote?.bytes.length ?? 0),
      'content-security-policy': ATTACHMENT_CSP,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'private, max-age=31536000, immutable',
      ...(type.startsWith('image/') ? {} : { 'content-disposition': 'attachment' }),
    },
  })
}

export function serveAttachments(session: Session, sources: Sources): void {
  session.protocol.handle('attachment', (request) => serveAttachment(request, sources))
}
