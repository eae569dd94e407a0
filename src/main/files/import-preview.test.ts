import { createWriteStream, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { NO_MAPPING } from '../../core/import/mapping.ts'
import { temporaryFolders } from '../../testing/temporary-folder.ts'
import { ImportPreviews } from './import-preview.ts'
import { openSource, sourceName } from './import-source.ts'

const folder = temporaryFolders()
const FILES: Record<string, string> = {
  'Essays/Reach.md': '---\nsupports: "[[Outage]]"\n---\n[[Nobody]]\n',
  'Outage.md': '#case\n',
  'board.canvas': '{}',
  'Attachments/pic.png': 'png',
}
function vault(files = FILES): string {
  const root = folder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  return root
}
async function zipOf(
  entries: Record<string, Buffer | string>,
  change: (bytes: Buffer) => Buffer = (b) => b,
): Promise<string> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const pieces: Buffer[] = []
  for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
  const file = path.join(folder(), 'Field notes.zip')
  await pipeline([change(Buffer.concat(pieces))], createWriteStream(file))
  return file
}
const signal = new AbortController().signal
const look = (previews: ImportPreviews, given: string, mapping: typeof NO_MAPPING | null = null, own = NO_MAPPING) =>
  previews.look(given, mapping, own, signal, () => {})

describe('preview', () => {
  it('says what a folder holds, suggests kinds, and writes nothing', async () => {
    const root = vault()
    const previews = new ImportPreviews(folder())
    const found = await look(previews, root)
    expect(found).toMatchObject({
      notes: 2,
      links: 2,
      unresolved: 1,
      attachments: 2,
      bytes: 5,
      tags: 1,
      rules: [1, 1],
      rest: 0,
    })
    expect(found.stays.canvases).toBe(1)
    expect(found.mapping.words).toEqual({ supports: 'illustrates' })
    expect(found.kinds).toEqual({ essay: 1, example: 1, commitment: 0, note: 0 })
    expect(found.sample).toEqual({
      path: 'Essays/Reach.md',
      head: '---\nsupports: "[[Outage]]"\n---',
      kind: 'essay',
      relations: [{ relation: 'illustrates', links: 1 }],
    })
    expect(readdirSync(root).sort()).toEqual(['Attachments', 'Essays', 'Outage.md', 'board.canvas'])
    const other = { kinds: [{ by: 'folder', key: '', value: '', kind: 'example' } as const], words: {} }
    expect(await look(previews, root, other)).toMatchObject({ rules: [2], kinds: { example: 2 } })
    expect(await look(previews, root, null, other)).toMatchObject({ mapping: other })
  })

  it('takes the mapping of an export before one of its own', async () => {
    const mapping = { kinds: [{ by: 'tag', key: 'case', value: '', kind: 'essay' }], words: {} }
    const root = vault({ ...FILES, '.throughline/import.json': JSON.stringify({ mapping, kinds: { a: 'x' } }) })
    expect((await look(new ImportPreviews(folder()), root)).mapping).toEqual(mapping)
  })
})

describe('sources', () => {
  it('a zip is unpacked, one folder in it is the folder, and closing removes it', async () => {
    const file = await zipOf({
      'Vault/a.md': '[[b]]',
      'Vault/sub/b.md': '',
      '__MACOSX/x': '',
      'Vault/.obsidian/app.json': '{}',
    })
    const scratch = folder()
    const source = await openSource(file, scratch, signal)
    expect(readdirSync(source.folder).sort()).toEqual(['a.md', 'sub'])
    expect(source.skipped.map(({ path: at }) => at)).toEqual(['Vault/.obsidian/app.json'])
    await source.close()
    expect(readdirSync(scratch)).toEqual([])
    expect(await look(new ImportPreviews(scratch), file)).toMatchObject({
      name: 'Field notes',
      notes: 2,
      links: 1,
      unresolved: 0,
    })
  })

  it('M6, M7: names that lead out of a zip are left out, and listed', async () => {
    // yazl refuses such names itself, so they are put into the bytes.
    const rename = (bytes: Buffer) =>
      Buffer.from(
        bytes.toString('latin1').replaceAll('xx/evil', '../evil').replaceAll('X:abs.md', '/abs_.md'),
        'latin1',
      )
    const file = await zipOf({ 'xx/evil1.md': 'x', 'good.md': 'y' }, rename)
    const scratch = folder()
    const source = await openSource(file, scratch, signal)
    expect(readdirSync(source.folder)).toEqual(['good.md'])
    expect(source.skipped.map(({ path: at }) => at)).toEqual(['../evil1.md'])
    expect(existsSync(path.join(scratch, 'evil1.md'))).toBe(false)
    expect(existsSync(path.join(path.dirname(scratch), 'evil1.md'))).toBe(false)
  })

  it('M7: an entry whose bytes changed is listed as damaged, and takes none of its name along', async () => {
    const plain = (file: string, content: string) => [file, Buffer.from(content)] as const
    const zip = new ZipFile()
    for (const [name, content] of [plain('a.md', 'first'), plain('b.md', 'second'), plain('c.md', 'third')])
      zip.addBuffer(content, name, { compress: false })
    zip.end()
    const pieces: Buffer[] = []
    for await (const piece of zip.outputStream) pieces.push(piece as Buffer)
    const bytes = Buffer.concat(pieces).toString('latin1').replace('second', 'sEcond').replaceAll('c.md', 'a.md')
    const file = path.join(folder(), 'a.zip')
    // The last one, a second `a.md` by now, is packed in a way that nobody knows.
    const changed = Buffer.from(bytes, 'latin1')
    changed.writeUInt16LE(99, changed.lastIndexOf('PK\x01\x02', undefined, 'latin1') + 10)
    writeFileSync(file, changed)
    const source = await openSource(file, folder(), signal)
    expect(readdirSync(source.folder)).toEqual(['a.md'])
    expect(source.skipped).toEqual([
      { path: 'b.md', reason: 'its content is damaged' },
      { path: 'a.md', reason: 'another file of the zip has its name' },
    ])
  })

  it('M7: a bomb is refused, and nothing of it stays', async () => {
    const file = await zipOf({ 'a.md': Buffer.alloc(80 << 20) })
    const scratch = folder()
    await expect(openSource(file, scratch, signal)).rejects.toMatchObject({ code: 'zip-bomb' })
    expect(readdirSync(scratch)).toEqual([])
  })

  it('what is no zip is refused; one Markdown file is taken alone', async () => {
    const root = vault({ 'no.zip': 'no', 'a.md': '', 'b.md': '' })
    await expect(openSource(path.join(root, 'no.zip'), folder(), signal)).rejects.toMatchObject({ code: 'not-a-zip' })
    await expect(openSource(path.join(root, 'c'), folder(), signal)).rejects.toMatchObject({ code: 'no-folder' })
    expect(await look(new ImportPreviews(folder()), path.join(root, 'b.md'))).toMatchObject({
      notes: 1,
      name: 'b',
      skipped: [],
    })
    expect(sourceName('/x/Notes.ZIP')).toBe('Notes')
  })
})
