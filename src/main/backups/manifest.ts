import { z } from 'zod'
import { hashShape } from '../../ipc/shapes.ts'

/** The format that is written, and the newest that is read (FORMAT.md). */
export const FORMAT = 1

/** Names inside an archive. Everything of a vault but the Markdown is unpacked when it is restored. */
export const MANIFEST = 'manifest.json'
export const SNAPSHOT = 'journal.snapshot'
export const VERSIONS = 'versions/'
export const FILES = 'files/'
export const MARKDOWN = 'markdown/'

const entryShape = z.object({ size: z.number().int().nonnegative(), sha256: hashShape })
export type EntryFacts = z.infer<typeof entryShape>

export const manifestShape = z.object({
  format: z.literal(FORMAT),
  /** Version of Throughline that made it. */
  app: z.string(),
  vault: z.object({ id: z.string(), name: z.string() }),
  /** Milliseconds since 1970, by the clock of the computer that made it. */
  at: z.number(),
  /** The number of the last record of the journal that the snapshot holds. */
  journal: z.object({ last: z.number().int().nonnegative() }),
  counts: z.object({ notes: z.number(), trashed: z.number(), versions: z.number(), attachments: z.number() }),
  /** Every note that the snapshot holds, those in the trash too. */
  notes: z.array(
    z.object({
      id: z.string(),
      trashed: z.boolean(),
      /** Of its Markdown, below `markdown/`; null for a note without (in the trash, or not convertible). */
      path: z.string().nullable(),
      /** Of the note in the snapshot and in the Markdown; '' where it was edited while the archive was made. */
      docHash: z.string(),
    }),
  ),
  /** Attachments that notes or versions name. `held`: their bytes are in the archive. */
  attachments: z.array(entryShape.extend({ held: z.boolean() })),
  /** Every entry but the manifest itself. */
  entries: z.record(z.string(), entryShape),
})
export type Manifest = z.infer<typeof manifestShape>

/** Notes that the archive has versions of. */
export const countVersions = (entries: Manifest['entries']): number =>
  Object.keys(entries).filter((name) => name.endsWith('.versions')).length
