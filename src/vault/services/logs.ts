import { customAlphabet } from 'nanoid'
import type { NoteId } from '../../core/base/ids.ts'
import { ENTRY_TYPES, isEntryType, type LogEntry } from '../../core/commitment/entry.ts'
import { headsOf } from '../../core/commitment/order.ts'
import { statusOf } from '../../core/commitment/status.ts'
import { entryText } from '../../core/markdown/log-item.ts'
import { readMeta, rootOf, updateMeta } from '../../crdt/note-doc.ts'
import { appendEntries, readLog } from '../../crdt/note-log.ts'
import { LOCAL } from '../../crdt/origins.ts'
import { replaceTree } from '../../editor/convert/replace-tree.ts'
import { CallError, type Input, type Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { adoptableLog } from '../convert/note-log.ts'
import type { EditNotes } from '../edit-notes.ts'
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
      return { ...readingOf(entries), entries: entries.map((entry) => ({ ...entry, sees: [...entry.sees] })) }
    })
  }

  /** Fails with `bad-type`, or `empty` where nothing is said. */
  async append({ id, type, text, author }: ToAppend): Promise<Appended> {
    if (!isEntryType(type) || !ENTRY_TYPES.includes(type)) {
      throw new CallError('bad-type', `There is no entry of type “${type}”: ${ENTRY_TYPES.join(', ')}.`)
    }
    const words = entryText(text)
    if (words === '')
      throw new CallError('empty', 'An entry of a log says something: this one is empty. Nothing was added.')
    const at = localTime(new Date(this.#state.now()))
    return this.#edits.edit(id, (doc) =>
      doc.transact(() => {
        const adopted = adoptableLog(doc)
        if (adopted) {
          replaceTree(rootOf(doc), adopted.tree)
          appendEntries(doc, adopted.entries, LOCAL)
        }
        const sees = headsOf(readLog(doc))
        const entry: LogEntry = {
          id: `log-${newEntryId()}`,
          type,
          at,
          author: author?.trim() ?? '',
          device: '',
          text: words,
          sees,
          details: {},
        }
        appendEntries(doc, [entry], LOCAL)
        // From here on the log speaks of the status (G13).
        const { properties } = readMeta(doc)
        updateMeta(doc, { properties: properties.filter(({ key }) => key !== 'status') }, LOCAL)
        return { ...readingOf(readLog(doc)), entry: entry.id }
      }, LOCAL),
    )
  }
}

function readingOf(entries: readonly LogEntry[]) {
  const { status, twice } = statusOf(entries) ?? { status: 'considering' as const, twice: false }
  return { log: entries.length, status, twice }
}

const two = (part: number): string => String(part).padStart(2, '0')

/** ISO 8601 to the second, by this computer's clock and zone: the day that it begins with is the writer's own. */
function localTime(time: Date): string {
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-')
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')
  const offset = -time.getTimezoneOffset()
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return `${day}T${clock}${zone}`
}
