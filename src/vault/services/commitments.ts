import type { Doc } from 'yjs'
import type { NoteId } from '../../core/base/ids.ts'
import {
  answerDraft,
  type EntryDraft,
  inviteDraft,
  openDraft,
  rereadDraft,
  reviewDraft,
  withdrawDraft,
} from '../../core/commitment/acts.ts'
import { FACT_KEYS, readFacts } from '../../core/commitment/facts.ts'
import { type CommitmentReading, readCommitment } from '../../core/commitment/reading.ts'
import { decidingEntries } from '../../core/commitment/status.ts'
import { EMPTY_TREE } from '../../core/markdown/tree.ts'
import type { NoteRow, Property } from '../../core/note/note.ts'
import { wordKey } from '../../core/relation/words.ts'
import type { Pin } from '../../core/trail/pin.ts'
import { readMeta } from '../../crdt/note-doc.ts'
import { readLog, removeEntryText } from '../../crdt/note-log.ts'
import { putPin, readPins, removePin } from '../../crdt/note-pins.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { CallError, type Handlers, type Input, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { idFrom } from '../convert/hash.ts'
import type { EditNotes } from '../edit-notes.ts'
import { adoptLog, logIn } from '../log-writing.ts'
import type { OpenNotes } from '../open-notes.ts'
import type { VaultState } from '../vault-state.ts'
import { forgetInSource } from '../withdraw-source.ts'
import type { Links } from './links.ts'
import { type Logs, newLogId } from './logs.ts'
import { cleanTitle, type Notes } from './notes.ts'
import type { PinMaker, ToPin } from './pins.ts'

type Calls = Pick<
  Handlers<typeof vaultContract>,
  'appendLog' | 'openCommitment' | 'review' | 'withdraw' | 'invite' | 'answer' | 'pin' | 'unpin' | 'reread'
>
type Appended = Output<typeof vaultContract, 'appendLog'>

type Parts = {
  readonly state: VaultState
  readonly edits: EditNotes
  readonly open: OpenNotes
  readonly logs: Logs
  readonly links: Links
  readonly notes: Notes
  readonly pins: PinMaker
  /** Keeps a note that nobody has open before it is edited, where it can. */
  readonly keep: (id: NoteId) => Promise<unknown>
}

/** Facts that a successor begins with; what was typed of a day that has gone by is left out. */
const TAKEN_OVER: readonly string[] = [...FACT_KEYS.filter((key) => key !== 'next_review'), 'rests_on']

const ANSWERED = 'This review was answered meanwhile. Look at the log again.'

/** What people do with a commitment (core/commitment/SPEC.md): one transaction an act. */
export class Commitments {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  calls(): Calls {
    const { logs } = this.#parts
    return {
      appendLog: async (entry) => {
        await this.#keep(entry.id)
        return logs.append(entry)
      },
      openCommitment: (wanted) => this.#open(wanted),
      review: (answer) => this.#review(answer),
      withdraw: (wanted) => this.#withdraw(wanted),
      invite: ({ id, person, author }) => this.#append(id, author, inviteDraft(nameOf(person))),
      answer: async ({ id, person, accepts, author, text = '', over }) => {
        needsReason(over, text)
        return this.#append(id, author, answerDraft(nameOf(person), accepts ? 'accepted' : 'declined', { text, over }))
      },
      pin: ({ id, ...relation }) => this.#pin(id, relation),
      unpin: async ({ id, pin }) => {
        await this.#parts.edits.edit(id, (doc) => removePin(doc, pin, LOCAL))
      },
      reread: (wanted) => this.#reread(wanted),
    }
  }

  async #append(id: NoteId, author: string, draft: EntryDraft): Promise<Appended> {
    await this.#keep(id)
    return this.#parts.logs.write(id, (doc) => this.#parts.logs.add(doc, draft, author))
  }

  async #keep(id: NoteId): Promise<void> {
    if (!this.#parts.open.isOpen(id)) await this.#parts.keep(id)
  }

  async #open({ id, text, author, over }: Input<typeof vaultContract, 'openCommitment'>): Promise<Appended> {
    const { logs } = this.#parts
    needsReason(over, text)
    const pins = await this.#groundsOf(id)
    await this.#keep(id)
    return logs.write(id, (doc) => {
      const { facts, reading, isOpened } = this.#read(doc)
      if (isOpened && reading.status === 'in progress') {
        throw new CallError('opened', 'This commitment is in progress already. Nothing was added.')
      }
      for (const pin of pins) putPin(doc, pin, LOCAL)
      return logs.add(doc, openDraft({ text, facts, today: logs.today(), over }), author)
    })
  }

  /**
   * A pivot makes its successor first, under an id of this commitment and the entries that decided it: cut off before
   * the entry that names it, the same answer finds it again instead of making another. Refused, it goes to the trash.
   */
  async #review(answer: Input<typeof vaultContract, 'review'>): Promise<Output<typeof vaultContract, 'review'>> {
    const { id, so, text, author, cites, towards, over, review } = answer
    const { edits, logs, notes } = this.#parts
    needsReason(over, text)
    if (text.trim() === '' && cites === undefined) {
      throw new CallError('empty', 'A review says what was seen, or that there was nothing. Nothing was added.')
    }
    const refuse = () => new CallError('changed', ANSWERED)
    const before = await edits.read(id, (doc) => this.#read(doc))
    const dueIn = ({ review: reading }: CommitmentReading) => (reading?.isDue ? reading.on : '')
    if (review !== '' && dueIn(before.reading) !== review) throw refuse()
    const successor = so === 'pivot' ? await this.#successor(answer) : undefined
    await this.#keep(id)
    const write = (doc: Doc) => {
      const { facts, reading } = this.#read(doc)
      if (review !== '' && dueIn(reading) !== review) throw refuse()
      const said = { so, text, cites: cites ?? [], towards, over, successor: successor?.id }
      return logs.add(doc, reviewDraft(said, facts, reading, logs.today()), author)
    }
    const appended = await logs.write(id, write).catch(async (error: unknown) => {
      // Cut off by the disk it waits for the next try. Refused, it is of no use to anybody.
      if (!successor || !(error instanceof CallError)) throw error
      await notes.trash(successor.id)
      throw new CallError(error.code, `${error.message} “${successor.title}” is in the trash.`)
    })
    return successor ? { ...appended, successor } : appended
  }

  async #successor({ id, successorTitle, author }: Input<typeof vaultContract, 'review'>): Promise<NoteRow> {
    const { state, edits, logs, links, notes } = this.#parts
    const title = cleanTitle(successorTitle ?? '')
    const { folderId } = state.head(id)
    const today = logs.today()
    const { properties, entries } = await edits.read(id, (doc) => ({
      properties: readMeta(doc).properties,
      entries: readLog(doc),
    }))
    const due = readFacts(properties).due
    // One of the same name would be what its own link leads to.
    const former = links.nameOf(id, title)
    const isOver = (key: string) => wordKey(key) === 'due' && due !== '' && due < today
    const own: Property[] = [
      ...properties.filter(({ key }) => TAKEN_OVER.includes(wordKey(key)) && !isOver(key)),
      { key: 'supersedes', value: [`[[${former}]]`] },
    ]
    const draft = openDraft({ text: `In place of [[${former}]].`, facts: readFacts(own), today })
    const opened = { ...draft, id: newLogId(), at: logs.now(), author: author.trim(), device: '', sees: [] }
    const pins = await this.#groundsOf(id)
    // What was only seen in between is no other pivot.
    const decided = decidingEntries(entries).map((entry) => entry.id)
    let successor = idFrom('successor', id, ...decided) as NoteId
    // Removed for good, it stays so.
    while (state.catalog.get(successor)?.state === 'purged') successor = idFrom('successor', successor) as NoteId
    const seed = { id: successor, tree: EMPTY_TREE, properties: own }
    return notes.create({ title, kind: 'commitment', folderId, seed: { ...seed, log: [opened], pins } })
  }

  #read(doc: Doc) {
    const { kind, properties } = readMeta(doc)
    if (kind !== 'commitment') throw new CallError('no-commitment', 'This note is no commitment. Nothing was added.')
    const entries = logIn(doc)
    const facts = readFacts(properties)
    const isOpened = entries.some(({ type }) => type === 'opened')
    return { facts, isOpened, reading: readCommitment(facts, entries, this.#parts.logs.today()) }
  }

  /** What this note rests on by its own word, each as it reads today. */
  async #groundsOf(id: NoteId): Promise<Pin[]> {
    const { links, pins } = this.#parts
    const grounds = await links.relationsOf(id, 'rests_on')
    const made = await Promise.all(grounds.map(({ target, anchor }) => pins.make({ word: 'rests_on', target, anchor })))
    return made.flatMap((pin) => pin ?? [])
  }

  async #withdraw({ id, entry, reason, author }: Input<typeof vaultContract, 'withdraw'>): Promise<Appended> {
    const { logs } = this.#parts
    await this.#keep(id)
    return logs.write(id, (doc) => {
      const own = adoptLog(doc).find((each) => each.id === entry)
      if (!own) throw new CallError('not-found', 'There is no such entry to withdraw.')
      forgetInSource(doc, own)
      removeEntryText(doc, entry, LOCAL)
      return logs.add(doc, withdrawDraft(entry, reason), author)
    })
  }

  async #pin(id: NoteId, relation: ToPin): Promise<Pin> {
    const pin = await this.#parts.pins.need({ ...relation, word: wordKey(relation.word) })
    await this.#parts.edits.edit(id, (doc) => putPin(doc, pin, LOCAL))
    return pin
  }

  async #reread({ id, pin: pinned, author }: Input<typeof vaultContract, 'reread'>) {
    const { edits, logs, pins, state } = this.#parts
    const known = (await edits.read(id, readPins)).find((each) => each.id === pinned)
    if (!known) throw new CallError('not-found', 'There is no such pin in this note.')
    const { word, target, anchor } = known
    const pin = await pins.need({ word, target: target as NoteId, anchor }, known.id)
    const { title } = state.head(target as NoteId)
    await this.#keep(id)
    const entry = await edits.edit(id, (doc) =>
      doc.transact(() => {
        putPin(doc, pin, LOCAL)
        return readLog(doc).length === 0 ? null : logs.add(doc, rereadDraft(pin.id, title), author).id
      }, LOCAL),
    )
    return { pin, entry }
  }
}

/** Names of people are one line. */
function nameOf(person: string): string {
  const name = person.replace(/\s+/g, ' ').trim()
  if (name === '') throw new CallError('no-name', 'Nobody is named. Nothing was added.')
  return name
}

function needsReason(over: number | undefined, text: string): void {
  if (over === undefined || text.trim() !== '') return
  throw new CallError('empty', 'Going over the limit needs a reason. Nothing was added.')
}
