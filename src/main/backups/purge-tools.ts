import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId } from '../../core/base/ids.ts'
import { rewriteSnapshot } from '../journal/snapshot-file.ts'
import { temporaryBeside } from '../store/atomic.ts'
import { VersionStore } from '../versions/version-store.ts'
import type { PurgeTools } from './purge-archive.ts'

const CHANGES = 'changes.log'

/**
 * How the parts of an archive are written anew without some notes: as the journal and the versions do it for
 * themselves.
 * @param folder of the archives, where a folder for it is made and removed
 */
export const purgeTools = (folder: string): PurgeTools => ({
  rewriteSnapshot,
  rewriteChanges: async (bytes, without) => {
    // The next archive of the folder takes it away, should this be killed.
    const own = temporaryBeside(path.join(folder, 'any'))
    await mkdir(own, { mode: 0o700 })
    try {
      await writeFile(path.join(own, CHANGES), bytes)
      const store = new VersionStore(own)
      await store.dropNotes([...without] as NoteId[])
      await store.idle()
      return await readFile(path.join(own, CHANGES)).catch(() => null)
    } finally {
      await rm(own, { recursive: true, force: true })
    }
  },
})
