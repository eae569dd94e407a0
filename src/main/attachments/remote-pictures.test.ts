import { describe, expect, it } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { publicHost, RemotePictures } from './remote-pictures.ts'

const VAULT = vaultId('a-vault-of-pictures')
const answer = (body: string, type: string, status = 200) =>
  new RemotePictures(async () => new Response(body, { status, headers: { 'content-type': type } }))

describe('a picture of the web', () => {
  it('is kept in memory for the vault that asked, by its hash', async () => {
    const pictures = answer('bytes', 'image/png')
    const { sha256, type } = await pictures.load(VAULT, 'https://example.com/a.png')
    expect(type).toBe('image/png')
    expect(Buffer.from(pictures.get(VAULT, sha256)?.bytes ?? []).toString()).toBe('bytes')
    expect(pictures.get(vaultId('another-vault-here'), sha256)).toBeNull()
  })

  it.each([
    ['text/html', 200],
    ['image/svg+xml', 200],
    ['image/png', 404],
  ])('is none: %s, %i', async (type, status) => {
    await expect(answer('x', type, status).load(VAULT, 'https://example.com/a')).rejects.toMatchObject({
      code: 'no-picture',
    })
  })

  it('is refused beyond its size, and a host that does not answer is named', async () => {
    const large = answer('x'.repeat(21 * 1024 * 1024), 'image/png')
    await expect(large.load(VAULT, 'https://example.com/a')).rejects.toMatchObject({ code: 'too-large' })
    const away = new RemotePictures(async () => Promise.reject(new Error('refused')))
    await expect(away.load(VAULT, 'https://example.com/a')).rejects.toThrow(/^example\.com did not answer/)
  })

  it.each([
    'http://example.com/a.png',
    'file:///etc/passwd',
    'https://127.0.0.1/a.png',
    'https://[::1]/a.png',
    'https://192.168.1.1/a.png',
    'https://router.local/a.png',
    'https://localhost/a.png',
    'https://localhost./a.png',
    'https://router.local../a.png',
    'https://printer/a.png',
    'https://2130706433/a.png',
    'https://me:secret@example.com/a.png',
  ])('is never asked for: %s', async (url) => {
    expect(publicHost(url)).toBeNull()
    await expect(answer('x', 'image/png').load(VAULT, url)).rejects.toMatchObject({ code: 'refused' })
  })
})
