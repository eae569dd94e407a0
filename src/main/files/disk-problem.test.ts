import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { vaultId } from '../../core/base/ids.ts'
import { CallError } from '../../ipc/rpc.ts'
import { FakeVault } from '../../testing/fake-vault-calls.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { diskProblem } from './disk-problem.ts'
import { exportFolder } from './export-folder.ts'
import { replaceFile } from './html-export.ts'
import { importFolder } from './import-folder.ts'
import { openSource } from './import-source.ts'
import { scanFolder } from './scan.ts'
import { exportZip } from './zip-export.ts'

const folder = temporaryFolders()
const signal = new AbortController().signal
const failing = (code: string) => Object.assign(new Error(`${code}: text of the system`), { code })

test('every fault of a disk names the place and what is safe; other errors stay what they are', () => {
  for (const code of ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'ENOENT', 'ENAMETOOLONG', 'EIO']) {
    const said = diskProblem(failing(code), '/media/stick/copy', 'Nothing was written.')
    if (!(said instanceof CallError)) throw new Error(`${code} is not known`)
    expect(said.message).toMatch(/\/media\/stick\/copy .*\. Nothing was written\.$/)
    expect(said.message).not.toContain('text of the system')
  }
  const other = new Error('a bug')
  expect(diskProblem(other, '/x', '')).toBe(other)
})

test('what cannot be read says which file it is, and that nothing was copied', async () => {
  const root = folder()
  writeFileSync(path.join(root, 'a.zip'), 'no zip')
  writeFileSync(path.join(root, 'a.pdf'), '')
  for (const name of ['a.zip', 'a.pdf', 'missing']) {
    const given = path.join(root, name)
    const said = await openSource(given, folder(), signal).catch((error: Error) => error.message)
    expect(said).toContain(given)
    expect(said).toContain('Nothing was copied.')
  }
  await expect(scanFolder(path.join(root, 'a.pdf'))).rejects.toThrow(path.join(root, 'a.pdf'))
})

test('what cannot be written says where, and what is as it was', async () => {
  const root = folder()
  writeFileSync(path.join(root, 'file'), '')
  const inFile = path.join(root, 'file', 'below')
  const options = {
    folder: inFile,
    vaultId: vaultId('vaultvault'),
    version: '1',
    vault: new FakeVault().port,
    attachments: { verified: async () => null },
    forbidden: folder(),
    signal,
    onProgress: () => {},
  }
  await expect(exportFolder(options)).rejects.toMatchObject({ code: 'not-written' })
  await expect(exportFolder(options)).rejects.toThrow(inFile)
  await expect(exportZip({ ...options, folder: path.join(inFile, 'a.zip') })).rejects.toThrow(inFile)
  const fails = (code: string) => async () => {
    throw failing(code)
  }
  const page = path.join(root, 'page.html')
  await expect(replaceFile(page, folder(), fails('ENOSPC'))).rejects.toMatchObject({
    code: 'disk-full',
    message: `The disk of ${page} is full. What had its name is as it was.`,
  })
  await expect(replaceFile(page, folder(), fails('EWHATEVER'))).rejects.toThrow(page)
})

test('a full disk while attachments come in names the file, and says how to go on', async () => {
  const root = folder()
  mkdirSync(path.join(root, 'Files'))
  writeFileSync(path.join(root, 'Files', 'pic.png'), 'x')
  const addFile = async () => {
    throw failing('ENOSPC')
  }
  const vault = new FakeVault().port
  const parts = { folder: root, vaultId: vaultId('vaultvault'), vault, attachments: { addFile }, signal }
  const run = importFolder({ ...parts, onProgress: () => {} })
  await expect(run).rejects.toMatchObject({ code: 'disk-full' })
  await expect(run).rejects.toThrow(/Files\/pic\.png was not copied in\. .*import it again/)
})
