import { z } from 'zod'
import { bigChangeShape, versionShape } from './history-shapes.ts'
import { journalRecordShape } from './journal-port.ts'
import { call, defineContract } from './rpc.ts'
import { bytesShape, hashShape, noteIdShape, nothing } from './shapes.ts'

/**
 * What main keeps for a vault worker outside Chromium's store: the journal (read back here, written by
 * ipc/journal-port.ts) and the versions of notes. Served by main to the host of the vault and to nobody else.
 */
export const keeperContract = defineContract({
  name: 'keeper',
  calls: {
    /** Every key that the journal has updates of, with its last head. Purged notes are not among them. */
    journalIndex: call(
      z.object({}),
      z.object({
        last: z.number().int(),
        docs: z.array(
          z.object({
            key: z.string(),
            /** NoteHead as JSON; null where none was written down. */
            head: bytesShape.nullable(),
            /** Updates came after the head. */
            isLater: z.boolean(),
          }),
        ),
        attachments: z.array(bytesShape),
        purged: z.array(z.string()),
        /** What was found damaged when the journal was opened, in words without text of notes; else null. */
        damage: z.string().nullable(),
      }),
    ),
    /** The updates of docs, in order; a key without any is left out. At most 500 keys; the caller asks in batches. */
    journalRead: call(
      z.object({ keys: z.array(z.string()).max(500) }),
      z.array(z.object({ key: z.string(), updates: z.array(bytesShape) })),
    ),
    /**
     * The records after a number, at most 16 MB at once; `next` is the number of the last of them, null at the end.
     * Fails with `compacted` where some of them are only in a snapshot by now: then everything is compared.
     */
    journalSince: call(
      z.object({ after: z.number().int() }),
      z.object({ records: z.array(journalRecordShape), next: z.number().int().nullable() }),
    ),
    /**
     * The store cannot be opened at all: what there is of it is copied aside, and an empty one takes its place.
     * Fails with `no-journal` where the journal has nothing to fill it with, and where the copy cannot be made.
     */
    setStoreAside: call(z.object({}), nothing),

    versions: call(z.object({ id: noteIdShape }), z.array(versionShape)),
    /** Durable when answered. `state` is null where a version of the note with that hash is there already. */
    putVersion: call(z.object({ id: noteIdShape, version: versionShape, state: bytesShape.nullable() }), nothing),
    /** Its state, checked against its hash. Fails with `not-found`, or `damaged` where it is not what was kept. */
    readVersion: call(z.object({ id: noteIdShape, version: z.string() }), bytesShape),
    /** Name and pins of a version, as they are to be from now on. */
    changeVersion: call(
      z.object({
        id: noteIdShape,
        version: z.string(),
        name: z.string().nullable().optional(),
        pins: z.array(z.string()).optional(),
      }),
      nothing,
    ),
    bigChanges: call(z.object({}), z.array(bigChangeShape)),
    /** Replaces the one with the same id. */
    putBigChange: call(bigChangeShape, nothing),
    /** Attachments that versions of living or trashed notes name. */
    versionAttachments: call(z.object({}), z.array(hashShape)),

    /**
     * Takes notes off this computer for good: journal, versions, archives beside the store and on the second disk.
     * Settles when the words are off the disk. `left`: archives that could not be reached, by their paths.
     */
    purge: call(z.object({ ids: z.array(noteIdShape) }), z.object({ archives: z.number(), left: z.array(z.string()) })),
  },
  events: {},
})
