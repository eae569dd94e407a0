import { afterEach, expect, test } from 'vitest'
import type { NoteId } from '../../core/base/ids.ts'
import type { HtmlPiece } from '../../ipc/file-shapes.ts'
import { MemoryStore } from '../../testing/memory-store.ts'
import { inlineWorker, type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'
import type { PoolWorker } from '../convert/pool.ts'

const SHA = 'a'.repeat(64)
const open: VaultHarness[] = []
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close()
})

async function vaultOf(
  files: Readonly<Record<string, string>>,
  options: { worker?: () => PoolWorker; limit?: number } = {},
): Promise<{
  harness: VaultHarness
  show: (name: string) => Promise<string>
  idOf: (name: string) => Promise<NoteId>
}> {
  const harness = await vaultHarness(new MemoryStore(), options)
  open.push(harness)
  await harness.importText(files)
  await harness.vault.call('whenIndexed', {})
  const idOf = async (name: string) => (await harness.vault.call('find', { name })).id
  const show = async (name: string) => {
    const [page] = await harness.vault.call('htmlOf', { ids: [await idOf(name)] })
    const titles = new Map((await harness.vault.call('notes', {})).map(({ id, title }) => [id, title]))
    const flat = (piece: HtmlPiece) => {
      if (typeof piece === 'string') return piece
      if ('image' in piece) return `‹${piece.image.path} “${piece.alt}”›`
      return `‹${titles.get(piece.link)}${piece.anchor && `#${piece.anchor}`}›`
    }
    return (page?.pieces ?? []).map(flat).join('').replaceAll('>\n', '>').trim()
  }
  return { harness, show, idOf }
}

test('links lead where they lead in the app: by title, alias, nearest folder; ambiguous and unwritten nowhere', async () => {
  const { show } = await vaultOf({
    'A.md': '[[b|B]] [[other]] [[X/C]] [[C]] [[D]] [e](X/C.md#Top%20part) [[#Own]]',
    'B.md': '---\naliases: [Other]\n---\n',
    'X/C.md': '',
    'Y/C.md': '',
  })
  expect(await show('A')).toBe(
    '<p><a class="wikilink note"‹B›>B</a> <a class="wikilink note"‹B›>other</a> <a class="wikilink note"‹C›>X/C</a> ' +
      '<a class="wikilink unwritten">C</a> <a class="wikilink unwritten">D</a> ' +
      '<a class="wikilink note"‹C#top-part›>e</a> <a class="wikilink note"‹A#own›>Own</a></p>',
  )
})

test('a link says the kind of its note, and the note in the trash is not there', async () => {
  const { harness, show, idOf } = await vaultOf({
    'A.md': '[[B]] [[C]]',
    'B.md': '---\nkind: essay\n---\n',
    'C.md': 'c',
  })
  await harness.vault.call('trashNote', { id: await idOf('C') })
  await harness.vault.call('whenIndexed', {})
  expect(await show('A')).toBe('<p><a class="wikilink essay"‹B›>B</a> <a class="wikilink unwritten">C</a></p>')
  const trashed = await harness.vault.call('notes', { trashed: true })
  expect(await harness.vault.call('htmlOf', { ids: trashed.map(({ id }) => id) })).toEqual([])
})

test('embeds are written out once, with what they embed; then, and in a ring, there is a link', async () => {
  const { show } = await vaultOf({
    'A.md': 'a\n\n![[B]]\n\n![[B]]',
    'B.md': '# B\n\nb\n\n![[C#Part]]\n\n![[A]]',
    'C.md': 'c0\n\n# Part\n\nc1\n\n![[B]]\n\n# Next\n\nc2',
  })
  const text = await show('A')
  expect(text).toBe(
    '<p>a</p>' +
      '<section class="embed note"><p class="embed-title"><a class="wikilink note"‹B›>B</a></p><p>b</p>' +
      '<section class="embed note"><p class="embed-title"><a class="wikilink note"‹C#part›>C &gt; Part</a></p>' +
      '<h2>Part</h2><p>c1</p>' +
      '<p class="embed-note"><a class="wikilink note"‹B›>B</a> is on this page already.</p></section>' +
      '<p class="embed-note"><a class="wikilink note"‹A›>A</a> is on this page already.</p></section>' +
      '<p class="embed-note"><a class="wikilink note"‹B›>B</a> is on this page already.</p>',
  )
})

test('an embed of nothing, of a passage that is gone, of a file that is no picture', async () => {
  const { harness, show } = await vaultOf({ 'A.md': '![[B]]\n\n![[C#Gone]]\n\n![[talk.mp3]]', 'C.md': 'c' })
  await harness.vault.call('addAttachments', { attachments: [{ path: 'talk.mp3', sha256: SHA, size: 3 }] })
  expect(await show('A')).toBe(
    '<p class="embed-note"><span class="missing">B</span></p>' +
      '<p class="embed-note"><a class="wikilink note"‹C#gone›>C &gt; Gone</a> is not in that note any more.</p>' +
      '<p class="embed-note"><span class="file">talk.mp3</span></p>',
  )
})

test('pictures are found as in the app, also in a note that is embedded elsewhere', async () => {
  const { harness, show } = await vaultOf({
    'A.md': '![[X/B]] ![[none.png]]',
    'X/B.md': '![[pic.png|20]] ![alt](pics/my%20pic.png)',
  })
  const attachments = ['X/pic.png', 'X/pics/my pic.png'].map((path) => ({ path, sha256: SHA, size: 3 }))
  await harness.vault.call('addAttachments', { attachments })
  const text = await show('A')
  expect(text).toContain('<span class="missing">none.png</span>')
  expect(text).toContain('‹X/pic.png “pic.png”› ‹X/pics/my pic.png “alt”›')
})

test('notes that embed each other by the hundred end, and no id is given twice', async () => {
  const files: Record<string, string> = {}
  for (let i = 0; i < 300; i++) {
    files[`N${i}.md`] = `Text[^1] of ${i}\n\n# H\n\n![[N${i + 1}]]\n\n![[N${(i * 7 + 3) % 300}]]\n\n[^1]: foot\n`
  }
  const { show } = await vaultOf(files)
  const text = await show('N0')
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(text.match(/<section class="embed /g)?.length).toBe(200)
  expect(text).toContain('is not written out: there is too much of it.')
})

test('a note that takes too long is shown as it is written, and the others are not kept in', async () => {
  // Reads everything, but for one note that is not asked for as plain.
  const worker = (): PoolWorker => {
    const inner = inlineWorker()
    return {
      ...inner,
      post: (message) => {
        const isSlow = message.tasks.some((task) => task.kind === 'html' && !task.plain && task.title === 'Slow')
        if (!isSlow) inner.post(message)
      },
    }
  }
  const { harness, idOf } = await vaultOf(
    { 'Slow.md': '---\na: 1\n---\n\n*a* <b>', 'B.md': '*b*' },
    { worker, limit: 20 },
  )
  const ids = [await idOf('Slow'), await idOf('B')]
  const pages = await harness.vault.call('htmlOf', { ids })
  expect(pages.map(({ pieces, problem }) => [pieces, problem])).toEqual([
    [['<pre class="source">\n*a* &lt;b&gt;</pre>\n'], 'it could not be read in time'],
    [['<p><em>b</em></p>\n'], null],
  ])
})

test('what a window is writing now is in the page', async () => {
  const { harness, show, idOf } = await vaultOf({ 'A.md': 'a' })
  await harness.vault.call('appendMarkdown', { id: await idOf('A'), markdown: '**new**' })
  expect(await show('A')).toBe('<p>a</p><p><strong>new</strong></p>')
})

test('a page says a note’s kind, facts and properties above its text, links in them too; an embed does not', async () => {
  const { show } = await vaultOf({
    'A.md':
      '---\nkind: commitment\nid: some-own-note-id\n"odd <b>": "*x* [[B|bee]] & more"\ndone: true\nempty:\nlist: [1, "[[C]]"]\ndue: 2026-03-01\nstatus: kept\ntags: [t/u]\naliases: [Ay]\n---\n![[B]]\n',
    'B.md': '---\nkind: essay\nmood: calm\n---\nb\n',
    'C.md': 'c\n',
  })
  expect(await show('A')).toBe(
    '<div class="table facts"><table>' +
      '<tr><th scope="row">Kind</th><td>Commitment</td></tr>' +
      '<tr><th scope="row">Status</th><td>kept</td></tr>' +
      '<tr><th scope="row">Due</th><td>2026-03-01</td></tr>' +
      '<tr><th scope="row">odd &lt;b&gt;</th><td>*x* <a class="wikilink essay"‹B›>bee</a> &amp; more</td></tr>' +
      '<tr><th scope="row">done</th><td>yes</td></tr>' +
      '<tr><th scope="row">list</th><td>1, <a class="wikilink note"‹C›>C</a></td></tr>' +
      '<tr><th scope="row">Tags</th><td>#t/u</td></tr>' +
      '<tr><th scope="row">Also called</th><td>Ay</td></tr>' +
      '</table></div>' +
      '<section class="embed essay"><p class="embed-title"><a class="wikilink essay"‹B›>B</a></p><p>b</p></section>',
  )
  expect(await show('C')).toBe('<p>c</p>')
})
