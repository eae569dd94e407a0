import type { StoreFault } from '../crdt/store.ts'
import type { JournalFault } from '../ipc/journal-port.ts'

/** The state of both places that words are saved in, as a sentence for the person; null while both are well. */
export function faultText(store: StoreFault | null, journal: JournalFault | null): string | null {
  if (!store) return journal && JOURNAL[journal]
  if (!journal) return STORE[store.code]
  return store.code === 'full' || journal === 'full' ? BOTH_FULL : BOTH
}

const STORE: Record<StoreFault['code'], string> = {
  full: 'The disk is full. What you write is kept in memory and in the journal, and is saved as soon as there is room again.',
  broken: 'Saving failed. What you write is kept in memory and in the journal, and saving is tried again every second.',
  slow: 'The disk does not answer. What you write is kept in memory until it does.',
}

const JOURNAL: Record<JournalFault, string> = {
  full: 'The second copy of what you write cannot be written: the disk is full. Your notes themselves are saved.',
  'read-only':
    'The second copy of what you write cannot be written: its folder is read-only. Your notes themselves are saved.',
  broken: 'The second copy of what you write cannot be written. Your notes themselves are saved.',
}

const BOTH_FULL =
  'The disk is full. What you write is kept in memory only: leave Throughline open and make room, and it is saved.'
const BOTH =
  'What you write is kept in memory only, because nothing can be written to the disk. Leave Throughline open: saving is tried again every second.'
