import { z } from 'zod'
import { bigChangeShape, blockShape, differenceShape, versionShape } from './history-shapes.ts'
import { call } from './rpc.ts'
import { noteIdShape, nothing } from './shapes.ts'

/** Of the vault's contract: versions, what was taken back, and changes of many notes at once. */
export const historyCalls = {
  /** The versions of a note, oldest first; as it is now is none of them. */
  versions: call(z.object({ id: noteIdShape }), z.array(versionShape)),
  /** Keeps the note as it is now under a name. */
  keepVersion: call(z.object({ id: noteIdShape, name: z.string().min(1).max(200) }), versionShape),
  /** Null takes the name away; the version may then be thinned. */
  nameVersion: call(
    z.object({ id: noteIdShape, version: z.string(), name: z.string().min(1).max(200).nullable() }),
    nothing,
  ),
  /** The newest version kept at or before a time; null where there is none. */
  versionAt: call(z.object({ id: noteIdShape, at: z.number() }), versionShape.nullable()),
  /** A version to read; without one, the note as it is now. */
  readVersion: call(
    z.object({ id: noteIdShape, version: z.string().optional() }),
    z.object({ title: z.string(), markdown: z.string(), blocks: z.array(blockShape) }),
  ),
  /** From a version to another, or to the note as it is now. `docHash`: of the state compared with. */
  compareVersion: call(
    z.object({ id: noteIdShape, version: z.string(), with: z.string().optional() }),
    z.object({ difference: differenceShape, docHash: z.string() }),
  ),
  /** Makes the note what it was, as an edit, after keeping it as it is now. */
  restoreVersion: call(z.object({ id: noteIdShape, version: z.string() }), nothing),
  /**
   * Brings one change of `compareVersion` with the note as it is now back to what it was. Fails with `changed`
   * where the note is not in the state compared with any more.
   */
  restorePassage: call(
    z.object({ id: noteIdShape, version: z.string(), docHash: z.string(), change: z.number().int() }),
    nothing,
  ),
  /** Each note as its newest version at or before a time, as one big change. Notes without one are left alone. */
  restoreNotesAt: call(
    z.object({ ids: z.array(noteIdShape), at: z.number() }),
    z.object({ restored: z.number(), without: z.number() }),
  ),
  /** About when each top-level block of the note was written, from its versions; null where that is not known. */
  authorship: call(
    z.object({ id: noteIdShape }),
    z.array(z.object({ from: z.number().nullable(), to: z.number().nullable(), words: z.number() })),
  ),
  /** Imports, renames, replacements: newest first. */
  bigChanges: call(
    z.object({}),
    z.array(bigChangeShape.omit({ changed: true, created: true }).extend({ changed: z.number(), created: z.number() })),
  ),
  /**
   * Takes a big change back in one step. A note that was edited since is merged with its former text (`merged`);
   * a note that the change made goes to the trash, unless it was edited since (`kept`).
   */
  undoBigChange: call(
    z.object({ id: z.string() }),
    z.object({ restored: z.number(), merged: z.number(), trashed: z.number(), kept: z.number() }),
  ),
  /**
   * Notes and places where words stand, for `replaceText`; in their sentences, 2,000 places at most. Fails with
   * `bad-query` for what is no regular expression, and `too-slow`.
   */
  findText: call(
    z.object({ query: z.string().min(1), regex: z.boolean(), matchCase: z.boolean() }),
    z.object({
      notes: z.array(
        z.object({
          id: noteIdShape,
          title: z.string(),
          places: z.array(z.object({ before: z.string(), match: z.string(), after: z.string() })),
        }),
      ),
      total: z.number(),
    }),
  ),
  /** Replaces words in notes, in open and closed ones, as one big change. `replacement` may name groups of a regex. */
  replaceText: call(
    z.object({
      query: z.string().min(1),
      regex: z.boolean(),
      matchCase: z.boolean(),
      replacement: z.string(),
      ids: z.array(noteIdShape),
    }),
    z.object({ change: z.string(), notes: z.number(), places: z.number() }),
  ),
  /** Appends one note to another, leads its links there and puts it in the trash, as one big change. */
  mergeNotes: call(
    z.object({ from: noteIdShape, into: noteIdShape }),
    z.object({ change: z.string(), links: z.number() }),
  ),
}
