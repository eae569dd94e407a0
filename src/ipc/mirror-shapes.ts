import { z } from 'zod'
import { noteIdShape, skippedShape } from './shapes.ts'

/** One line of what happened between a vault and its folder. */
export const mirrorHappenedShape = z.object({
  entry: z.string(),
  at: z.number(),
  /** `changes`: all that came in at once, as one big change. `compared`: everything, when the vault was opened. */
  kind: z.enum([
    'written',
    'read',
    'renamed',
    'both',
    'trashed',
    'restored',
    'put-back',
    'removed',
    'log-kept',
    'changes',
    'compared',
  ]),
  path: z.string(),
  id: noteIdShape.nullable(),
  /** The former path of a rename. */
  from: z.string(),
  /** The version of the note before it. */
  before: z.string().optional(),
  /** The big change that takes it back. */
  change: z.string().optional(),
  /** Of `log-kept`: the name of the copy of the file as it was changed. */
  kept: z.string().optional(),
  /** Of `changes`: how many of each; of `compared` and of many that were written: how many files. */
  counts: z
    .object({
      edits: z.number(),
      made: z.number(),
      back: z.number(),
      deletes: z.number(),
      renames: z.number(),
      files: z.number(),
    })
    .partial()
    .optional(),
  undone: z.boolean(),
})
export type MirrorHappened = z.infer<typeof mirrorHappenedShape>

export const mirrorStateShape = z.object({
  folder: z.string(),
  /** ms since 1970, as all times here. */
  since: z.number(),
  /**
   * `asking`: more than a third of the notes has vanished from the folder; nothing is done before an answer.
   * `missing`: the folder itself is not there.
   */
  phase: z.enum(['comparing', 'in-step', 'paused', 'asking', 'missing', 'trouble']),
  compared: z.number().nullable(),
  written: z.number().nullable(),
  read: z.number().nullable(),
  notes: z.number(),
  attachments: z.number(),
  /** Files that are none of ours. */
  leftAlone: z.number(),
  /** The folder as it was before it began. */
  zip: z.object({ path: z.string(), at: z.number(), bytes: z.number() }).nullable(),
  asking: z.object({ gone: z.number(), total: z.number() }).nullable(),
  trouble: z.string().nullable(),
  problems: z.array(skippedShape),
  /** Newest first. */
  happened: z.array(mirrorHappenedShape),
})
export type MirrorState = z.infer<typeof mirrorStateShape>
