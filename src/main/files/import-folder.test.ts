import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import { importFolder } from './import-folder.ts'
import type { Progress } from './vault-calls.ts'

const folder = temporaryFolders()
const id = vaultId('vaultvault')

function notes(count: number, bytes = 10): string {
  const root = folder()
  mkdirSync(path.join(root, 'Sub'))
  for (let i = 0; i < count; i++) writeFileSync(path.join(root, 'Sub', `n${i}.md`), `${i} `.padEnd(bytes, 'x'))
  return root
}

function run(root: string, vault: FakeVault, profile = folder(), abort = new AbortController()) {
  const seen: Progress[] = []
  const store = new AttachmentStore(profileAt(profile))
  const report = importFolder({
    folder: root,
    vaultId: id,
    vault: vault.port,
    attachments: store,
    signal: abort.signal,
    onProgress: (progress) => seen.push(progress),
  })
  return { report, seen, store }
}

test('M7, M8: everything arrives with its exact bytes; a second run finds nothing to do', async () => {
  const root = notes(450)
  writeFileSync(path.join(root, 'crlf.md'), '\ufeffa\r\nb')
  writeFileSync(path.join(root, 'binary.md'), Buffer.from([0, 255, 254]))
  writeFileSync(path.join(root, 'pic.png'), Buffer.alloc(3_000_000, 7))
  const before = readdirSync(root, { recursive: true, withFileTypes: true }).length
  const vault = new FakeVault()
  const profile = folder()
  const first = run(root, vault, profile)
  const report = await first.report
  expect(report).toMatchObject({ notes: 452, created: 452, attachments: 1, links: 3, unresolved: 1, cancelled: false })
  expect(report.asText).toEqual([{ path: 'binary.md', reason: 'not UTF-8' }])
  expect(Buffer.from(vault.notes.get('crlf.md')?.bytes ?? []).toString()).toBe('\ufeffa\r\nb')
  expect(vault.notes.get('crlf.md')?.updated).toBe(Math.round(statSync(path.join(root, 'crlf.md')).mtimeMs))
  const file = vault.files.get('pic.png')
  expect(readFileSync(first.store.place(id, file?.sha256 ?? '')).length).toBe(3_000_000)
  expect(vault.calls.filter((name) => name === 'importFiles').length).toBe(3)
  expect(first.seen.map(({ phase }) => phase)).toContain('read')
  expect(first.seen.at(-1)?.phase).toBe('index')
  expect(readdirSync(root, { recursive: true, withFileTypes: true }).length).toBe(before)

  expect(await run(root, vault, profile).report).toMatchObject({ notes: 452, created: 0, updated: 0, unchanged: 452 })
})

test('batches hold a megabyte at most, or one file that is larger', async () => {
  const vault = new FakeVault()
  const sizes: number[] = []
  const call = vault.port.call.bind(vault.port)
  const watched: typeof vault.port = {
    call: (name, input) => {
      if (name === 'importFiles') {
        const { files } = input as { files: { bytes: Uint8Array }[] }
        sizes.push(files.reduce((sum, { bytes }) => sum + bytes.length, 0))
        // its own memory: a window on a pool would be copied whole into the message
        for (const { bytes } of files) expect(bytes.buffer.byteLength).toBe(bytes.length)
      }
      return call(name, input)
    },
  }
  const root = notes(8, 300_000)
  writeFileSync(path.join(root, 'large.md'), 'x'.repeat(2_500_000))
  const attachments = new AttachmentStore(profileAt(folder()))
  const signal = new AbortController().signal
  await importFolder({ folder: root, vaultId: id, vault: watched, attachments, signal, onProgress: () => {} })
  expect(sizes.sort((a, b) => a - b)).toEqual([600_000, 900_000, 900_000, 2_500_000])
})

test('cancelled: what was answered stays, the report says so, and the next run goes on', async () => {
  const root = notes(1000)
  const vault = new FakeVault()
  const abort = new AbortController()
  vault.before = (name, nth) => {
    if (name === 'importFiles' && nth === 2) abort.abort()
  }
  const report = await run(root, vault, folder(), abort).report
  expect(report.cancelled).toBe(true)
  expect(report.notes).toBe(vault.notes.size)
  expect(vault.notes.size).toBeLessThan(1000)
  const again = await run(root, vault).report
  expect(again).toMatchObject({ notes: 1000, unchanged: report.notes, created: 1000 - report.notes })
})

test('a vault that fails ends the import with its words, and nothing goes on behind it', async () => {
  const vault = new FakeVault()
  vault.before = (name, nth) => {
    if (name === 'importFiles' && nth === 2) throw new Error('the disk is full')
  }
  await expect(run(notes(2000), vault).report).rejects.toThrow('the disk is full')
  const calls = vault.calls.length
  await new Promise((resolve) => setImmediate(resolve))
  expect(vault.calls.length).toBe(calls)
})

test('M7: a file that the vault cannot take in is listed with its reason, and stops no other', async () => {
  const root = notes(300)
  const vault = new FakeVault()
  const call = vault.port.call.bind(vault.port)
  vault.port.call = async (name, input) => {
    const { files = [] } = input as { files?: { path: string }[] }
    if (files.some((file) => file.path === 'Sub/n7.md')) throw new CallError('unreadable', 'It could not be taken in.')
    return call(name, input)
  }
  const report = await run(root, vault).report
  expect(report).toMatchObject({ notes: 299, skipped: [{ path: 'Sub/n7.md', reason: 'It could not be taken in.' }] })
})

test('M8: what an export of this vault left in the folder is told with each file', async () => {
  const root = notes(2)
  mkdirSync(path.join(root, '.throughline'))
  const line = { path: 'Sub/n1.md', sha256: 'f'.repeat(64) }
  const lists = { notes: [line], attachments: [], leftAlone: [], problems: [] }
  const told = async (of: string) => {
    const receipt = { format: 1, version: '1', vault: of, at: '', complete: true, ...lists }
    writeFileSync(path.join(root, '.throughline', 'receipt.json'), JSON.stringify(receipt))
    const vault = new FakeVault()
    const seen: (string | undefined)[] = []
    const call = vault.port.call.bind(vault.port)
    vault.port.call = (name, input) => {
      const { files = [] } = input as { files?: { exported?: string }[] }
      seen.push(...files.map((file) => file.exported))
      return call(name, input)
    }
    await run(root, vault).report
    return seen
  }
  expect(await told(id)).toEqual([undefined, line.sha256])
  expect(await told('othervault')).toEqual([undefined, undefined])
})

test('M3: ids of an export travel with their files', async () => {
  const root = notes(2)
  mkdirSync(path.join(root, '.throughline'))
  writeFileSync(path.join(root, '.throughline', 'ids.json'), JSON.stringify({ 'Sub/n1.md': 'given-id-1' }))
  const vault = new FakeVault()
  await run(root, vault).report
  expect(vault.notes.get('Sub/n1.md')?.id).toBe('given-id-1')
  expect(vault.notes.get('Sub/n0.md')?.id).not.toBe('given-id-1')
})
