import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { profileAt } from '../store/profile.ts'
import { addAttachment, freeAttachmentPath } from './add-attachment.ts'
import { serveAttachment } from './attachment-scheme.ts'
import { AttachmentStore } from './attachment-store.ts'
import { checkAttachments } from './check-attachments.ts'

const folder = temporaryFolders()
const id = vaultId('vaultvault')
const bytes = new TextEncoder().encode('content')
const sha256 = createHash('sha256').update(bytes).digest('hex')
const setUp = () => new AttachmentStore(profileAt(folder()))

test('a file is kept once, by its content, whole', async () => {
  const store = setUp()
  const source = path.join(folder(), 'a.bin')
  writeFileSync(source, bytes)
  expect(await store.addBytes(id, bytes)).toEqual({ sha256, size: 7 })
  expect(await store.addFile(id, source)).toEqual({ sha256, size: 7 })
  const kept = path.dirname(store.place(id, sha256))
  expect(readdirSync(kept)).toEqual([sha256])
  expect(readFileSync(store.place(id, sha256), 'utf8')).toBe('content')
})

test('a copy that is broken off leaves nothing behind', async () => {
  const store = setUp()
  const source = path.join(folder(), 'a.bin')
  writeFileSync(source, Buffer.alloc(5_000_000))
  const abort = new AbortController()
  abort.abort()
  await expect(store.addFile(id, source, abort.signal)).rejects.toThrow()
  await expect(store.addFile(id, path.join(folder(), 'none'))).rejects.toMatchObject({ code: 'ENOENT' })
  expect(readdirSync(path.dirname(store.place(id, sha256)))).toEqual([])
})

test('what is not a hash becomes no path', () => {
  const store = setUp()
  for (const bad of ['', '..', '../x', 'A'.repeat(64), `${sha256}/x`, `${sha256}\0`]) {
    expect(() => store.place(id, bad)).toThrow()
  }
})

test('content is compared with its hash before use, and again after it changed on disk', async () => {
  const store = setUp()
  await store.addBytes(id, bytes)
  const file = store.place(id, sha256)
  expect(await store.verified(id, sha256)).toEqual({ path: file, size: 7 })
  writeFileSync(file, 'CONTENT')
  utimesSync(file, 1, 1)
  expect(await store.verified(id, sha256)).toBeNull()
  expect(await checkAttachments(id, [{ path: 'x.bin', sha256, size: 7 }], store)).toMatchObject([
    { code: 'attachment-changed', id: 'x.bin' },
  ])
  expect(await checkAttachments(id, [{ path: 'y', sha256: '0'.repeat(64), size: 1 }], store)).toMatchObject([
    { code: 'attachment-missing', id: 'y' },
  ])
})

test('served inert: images by type, everything else as bytes to keep, under a sandbox', async () => {
  const attachments = setUp()
  await attachments.addBytes(id, bytes)
  const registry = { get: (asked: string) => (asked === id ? { id } : null) } as never
  const get = (url: string, method = 'GET') => serveAttachment(new Request(url, { method }), { attachments, registry })
  const image = await get(`http://${id}/${sha256}?type=image/png`)
  expect(image.headers.get('content-type')).toBe('image/png')
  expect(image.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
  expect(image.headers.get('x-content-type-options')).toBe('nosniff')
  expect(await image.text()).toBe('content')
  for (const type of ['text/html', 'image/svg+xml;charset=x', 'application/javascript', 'text/css', '']) {
    const other = await get(`http://${id}/${sha256}?type=${encodeURIComponent(type)}`)
    expect(other.headers.get('content-type')).toBe('application/octet-stream')
    expect(other.headers.get('content-disposition')).toBe('attachment')
    await other.body?.cancel()
  }
  const refused = [`http://othervault/${sha256}`, `http://${id}/../${sha256}x`, `http://${id}/x`, `http://${id}/`]
  for (const url of refused) expect((await get(url)).status).toBe(404)
  expect((await get(`http://${id}/${sha256}`, 'POST')).status).toBe(404)
})

test('a pasted file gets a safe, free name; the same bytes again are the same file', async () => {
  expect(freeAttachmentPath('../../x?.PNG', new Set())).toBe('Attachments/x-.PNG')
  expect(freeAttachmentPath('', new Set())).toBe('Attachments/Untitled')
  expect(freeAttachmentPath('con.png', new Set())).toBe('Attachments/_con.png')
  expect(freeAttachmentPath('A.png', new Set(['attachments/a.png']))).toBe('Attachments/A 2.png')
  const vault = new FakeVault()
  const store = setUp()
  const add = (name: string, content: Uint8Array) =>
    addAttachment({ name, vault: vault.port, store: () => store.addBytes(id, content) })
  expect(await add('a.png', bytes)).toEqual({ path: 'Attachments/a.png', sha256, size: 7, type: 'image/png' })
  expect((await add('b.png', bytes)).path).toBe('Attachments/a.png')
  expect((await add('A.png', new Uint8Array([1]))).path).toBe('Attachments/A 2.png')
  expect(existsSync(store.place(id, sha256))).toBe(true)
  // Two pastes of one second: neither takes the other's place.
  const both = await Promise.all([add('c.png', new Uint8Array([2])), add('c.png', new Uint8Array([3]))])
  expect(both.map((file) => file.path)).toEqual(['Attachments/c.png', 'Attachments/c 2.png'])
  expect(vault.files.size).toBe(4)
})

test('a pasted file that does not fit on the disk is named, and nothing else is lost', async () => {
  const full = async () => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
  }
  const vault = new FakeVault()
  const added = addAttachment({ name: 'a.png', vault: vault.port, store: full })
  await expect(added).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('“a.png”') })
  expect(vault.files.size).toBe(0)
})
