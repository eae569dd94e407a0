import { customAlphabet } from 'nanoid'
import type { Doc } from 'yjs'
import { calendarDay, type Day } from '../../core/base/calendar-day.ts'
import type { NoteId } from '../../core/base/ids.ts'
import { type EntryDraft, nextReviewAfter } from '../../core/commitment/acts.ts'
import type { LogEntry } from '../../core/commitment/entry.ts'
import { readFacts } from '../../core/commitment/facts.ts'
import { readCommitment } from '../../core/commitment/reading.ts'
import { statusOf } from '../../core/commitment/status.ts'
import { readMeta } from '../../crdt/note-doc.ts'
import { readLog } from '../../crdt/note-log.ts'
import { LOCAL } from '../../crdt/origins.ts'
import type { Input, Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import type { EditNotes } from '../edit-notes.ts'
import { checkEntry, localTime, writeEntry } from '../log-writing.ts'
import type { VaultState } from '../vault-state.ts'

type Appended = Output<typeof vaultContract, 'appendLog'>
type ToAppend = Input<typeof vaultContract, 'appendLog'>

/** 82 bits in signs that a block id may have everywhere. */
const newEntryId = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 16)

/** The log of a note (core/commitment/SPEC.md): read, and added to. Nothing here changes or removes an entry. */
export class Logs {
  readonly #state: VaultState
  readonly #edits: EditNotes

  constructor({ state, edits }: { readonly state: VaultState; readonly edits: EditNotes }) {
    this.#state = state
    this.#edits = edits
  }

  read(id: NoteId): Promise<Output<typeof vaultContract, 'noteLog'>> {
    return this.#edits.read(id, (doc) => {
      const entries = readLog(doc)
      return { ...readingOf(doc, entries), entries: entries.map((entry) => ({ ...entry, sees: [...entry.sees] })) }
    })
  }

  /** Fails with `bad-type`, or `empty` where nothing is said. */
  async append({ id, type, text, author, details }: ToAppend): Promise<Appended> {
    checkEntry(type, text)
    const draft = { type, text, details: details ?? {} }
    return this.write(id, (doc) => this.add(doc, draft, author ?? ''))
  }

  /** One act on a note's log: one transaction, whatever it writes beside the entry that it answers. */
  write(id: NoteId, act: (doc: Doc) => LogEntry): Promise<Appended> {
    return this.#edits.edit(id, (doc) => {
      const { id: entry } = doc.transact(() => act(doc), LOCAL)
      return { ...readingOf(doc, readLog(doc)), entry }
    })
  }

  /** In the caller's transaction. An entry that answers a review says when the next one is. */
  add(doc: Doc, draft: EntryDraft, author: string): LogEntry {
    return writeEntry(doc, { id: newLogId(), ...withNext(doc, draft, this.today()) }, { author, at: this.now() })
  }

  /** As `at` of an entry. */
  now(): string {
    return localTime(new Date(this.#state.now()))
  }

  today(): Day {
    return calendarDay(new Date(this.#state.now()))
  }
}

export const newLogId = (): string => `log-${newEntryId()}`

const ANSWERS: readonly string[] = ['review', 'proceed', 'kept', 'pivot', 'parked', 'dropped']

/** Says when the next review is where whoever appends it did not (core/commitment/SPEC.md). */
function withNext(doc: Doc, draft: EntryDraft, today: Day): EntryDraft {
  const { type, details } = draft
  if (Object.hasOwn(details, 'next') || (type !== 'opened' && !ANSWERS.includes(type))) return draft
  const facts = readFacts(readMeta(doc).properties)
  const reading = type === 'opened' ? null : readCommitment(facts, readLog(doc), today)
  const next = nextReviewAfter(facts, reading, today)
  return next === '' ? draft : { ...draft, details: { ...details, next } }
}

function readingOf(doc: Doc, entries: readonly LogEntry[]) {
  const { status: said } = readFacts(readMeta(doc).properties)
  const { status, twice } = statusOf(entries) ?? { status: said || ('considering' as const), twice: false }
  return { log: entries.length, status, twice }
}
