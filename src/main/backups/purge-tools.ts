import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { NoteId } from '../../core/base/ids.ts'
import type { Compacted, CompactJob } from '../journal/compact.ts'
import { nodeDisk } from '../journal/disk.ts'
import { nameOf, numbered } from '../journal/names.ts'
import { readTrailer } from '../journal/snapshot-reader.ts'
import { VersionStore } from '../versions/version-store.ts'
import type { PurgeTools } from './purge-archive.ts'

const CHANGES = 'changes.log'

/**
 * How the parts of an archive are written anew without some notes: as the journal and the versions do it for
 * themselves, in a folder of their own that is gone afterwards.
 * @param folder where that folder is made
 */
export function purgeTools(folder: string, compact: (job: CompactJob) => Promise<Compacted>): PurgeTools {
  const within = async <T>(work: (own: string) => Promise<T>): Promise<T> => {
    // The name is one that the next archive of the folder takes away, should this be killed.
    const own = await mkdtemp(path.join(folder, '.throughline-purge.tmp-')).then(renamed)
    try {
      return await work(own)
    } finally {
      await rm(own, { recursive: true, force: true })
    }
  }
  return {
    rewriteSnapshot: (from, to, without) =>
      within(async (own) => {
        const file = await nodeDisk.read(from)
        const trailer = await readTrailer(file).finally(() => file.close())
        if (!trailer) throw new Error('no snapshot')
        const { last } = trailer
        const name = nameOf(last, 0, 'snapshot')
        await rename(from, path.join(own, name))
        await compact({
          folder: own,
          snapshots: numbered([name], 'snapshot'),
          segments: [],
          last,
          purge: [...without].map((id) => [id, last] as const),
          temporary: path.join(own, 'new.tmp'),
          to: path.join(own, 'new'),
        })
        await rename(path.join(own, 'new'), to)
      }),
    rewriteChanges: (bytes, without) =>
      within(async (own) => {
        await writeFile(path.join(own, CHANGES), bytes)
        const store = new VersionStore(own)
        await store.dropNotes([...without] as NoteId[])
        await store.idle()
        return await readFile(path.join(own, CHANGES)).catch(() => null)
      }),
  }
}

async function renamed(folder: string): Promise<string> {
  const name = `${folder.replace('purge.tmp-', 'purge-')}.tmp`
  await rename(folder, name)
  return name
}
