import { expect, it } from 'vitest'
import * as Y from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import { docHash } from '../../crdt/doc-hash.ts'
import { rootOf } from '../../crdt/note-doc.ts'
import { appendTree } from '../../editor/convert/append-tree.ts'
import { MemoryKeeper } from '../../testing/memory-keeper.ts'
import { MemoryDisk, MemoryStore } from '../../testing/memory-store.ts'
import { createRandom, type Random } from '../../testing/random.ts'
import { type VaultHarness, vaultHarness } from '../../testing/vault-harness.ts'

const SEEDS = [1, 2, 3, 4, 5, 6]
const LIVES = 6
const STEPS = 8
const words = (text: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, text, marks: 0 }] }]

/** What was acknowledged of a note: words in plain lists, and the doc as a window had it then. */
type Known = { readonly words: string[]; readonly doc: Y.Doc }
type Open = Awaited<ReturnType<VaultHarness['openNote']>>

/**
 * Random edits on open and closed notes, kills, losses of the store's end or of all of it, losses of the journal:
 * as long as one of the two holds it, nothing acknowledged is missing after the next start (R1 to R6).
 */
class Simulation {
  readonly #random: Random
  readonly #model = new Map<NoteId, Known>()
  readonly #open = new Map<NoteId, Open>()
  #disk = new MemoryDisk()
  #keeper = new MemoryKeeper()
  #harness!: VaultHarness
  /** Earlier states of the store, that it may fall back to. */
  #former: MemoryDisk[] = []
  /** The journal holds everything: what it lacked has been written into it. */
  #isJournalWhole = true
  #count = 0
  readonly log: string[] = []

  constructor(seed: number) {
    this.#random = createRandom(seed)
  }

  async run(): Promise<void> {
    for (let life = 0; life < LIVES; life++) {
      this.#harness = await vaultHarness(new MemoryStore(this.#disk), { keeper: this.#keeper, newId: this.#newId })
      await this.#check()
      if (this.#isJournalWhole || this.#random.chance(0.7)) {
        await this.#harness.service.whenReconciled()
        this.#isJournalWhole = true
      }
      const steps = this.#random.below(STEPS) + 1
      for (let step = 0; step < steps; step++) {
        if (this.#random.chance(0.2)) this.#former.push(this.#disk.copy())
        await this.#step()
      }
      await this.#die()
    }
    this.#harness = await vaultHarness(new MemoryStore(this.#disk), { keeper: this.#keeper, newId: this.#newId })
    await this.#check()
    expect((await this.#harness.vault.call('check', { repair: false })).problems).toEqual([])
    await this.#harness.close()
  }

  readonly #newId = () => `simulated-note-${String(++this.#count).padStart(6, '0')}`

  async #step(): Promise<void> {
    const { vault } = this.#harness
    const ids = [...this.#model.keys()]
    const dice = this.#random.below(100)
    const word = `word${++this.#count}`
    if (ids.length === 0 || dice < 15) {
      const { id } = await vault.call('createNote', { title: `Note ${word}`, kind: 'note', markdown: word })
      this.#log(`create ${id}`)
      return this.#learn(id, word)
    }
    const id = this.#random.pick(ids)
    if (dice < 30) {
      this.#log(`append ${id}`)
      await vault.call('appendMarkdown', { id, markdown: word })
      await this.#learn(id, word)
    } else if (dice < 75) {
      this.#log(`type ${id}`)
      const open = this.#open.get(id) ?? (await this.#harness.openNote(id))
      this.#open.set(id, open)
      open.doc.transact(() => appendTree(rootOf(open.doc), words(word)))
      await open.stored()
      await this.#learn(id, word)
    } else if (dice < 85) {
      this.#log(`leave ${id}`)
      this.#open.get(id)?.close()
      this.#open.delete(id)
    } else if (dice < 93) {
      this.#log(`import ${word}`)
      await this.#harness.importText({ [`in/${word}.md`]: `${word}\n` })
      const { id: imported } = await vault.call('find', { name: `in/${word}` })
      await this.#learn(imported, word)
    } else {
      this.#log('flush')
      await vault.call('flush', {})
    }
  }

  #log(line: string): void {
    this.log.push(line)
  }

  /** What is acknowledged now, as a window sees it. */
  async #learn(id: NoteId, word: string): Promise<void> {
    const known = this.#model.get(id) ?? { words: [], doc: new Y.Doc() }
    this.#model.set(id, known)
    known.words.push(word)
    const open = this.#open.get(id) ?? (await this.#harness.openNote(id))
    // An edit by the program reaches an open window after it is answered.
    while (!rootOf(open.doc).toString().includes(word)) await new Promise((resolve) => setImmediate(resolve))
    Y.applyUpdate(known.doc, Y.encodeStateAsUpdate(open.doc))
    if (!this.#open.has(id)) open.close()
  }

  /** The process ends as it is, and what it wrote may be lost in one of the two places. */
  async #die(): Promise<void> {
    const disk = this.#disk.copy()
    const keeper = this.#keeper.copy()
    const dice = this.#random.below(100)
    for (const open of this.#open.values()) open.close()
    this.#open.clear()
    await this.#harness.close()
    this.#keeper = keeper
    this.#disk = disk
    if (this.#isJournalWhole && dice < 25) {
      this.#log('the store is empty')
      this.#disk = new MemoryDisk()
    } else if (this.#isJournalWhole && dice < 50 && this.#former.length > 0) {
      this.#log('the store lost its end')
      this.#disk = this.#random.pick(this.#former).copy()
    } else if (dice < 65) {
      const records = this.#random.below(this.#keeper.journal.length + 1)
      this.#log(`the journal lost its end after ${records}`)
      this.#keeper = this.#keeper.copy(records)
      this.#isJournalWhole = false
      // The states before speak of a journal that is no more.
      this.#former = []
    } else this.#log('kill')
    this.#keeper.compacted = this.#random.chance(0.3) ? this.#keeper.journal.length : 0
  }

  async #check(): Promise<void> {
    const { vault } = this.#harness
    await vault.call('whenIndexed', {})
    const hashes = new Map((await vault.call('exportPlan', {})).notes.map((note) => [note.id, note.docHash]))
    expect([...hashes.keys()].sort()).toEqual([...this.#model.keys()].sort())
    for (const [id, { words: acknowledged, doc }] of this.#model) {
      const { markdown } = await vault.call('showMarkdown', { id })
      expect(markdown.match(/word\d+/g)?.filter((word) => acknowledged.includes(word))).toEqual(acknowledged)
      expect(hashes.get(id)).toBe(docHash(doc))
    }
  }
}

for (const seed of SEEDS) {
  it(`nothing acknowledged is missing while one wall holds it: seed ${seed}`, async () => {
    const simulation = new Simulation(seed)
    await simulation.run().catch((error: unknown) => {
      throw new Error(`seed ${seed}:\n${simulation.log.join('\n')}`, { cause: error })
    })
  })
}
