import { z } from 'zod'
import { REVIEW_ENDS } from '../core/commitment/acts.ts'
import { STATUSES } from '../core/commitment/status.ts'
import { differenceShape } from './history-shapes.ts'
import { call } from './rpc.ts'
import { noteIdShape, noteRowShape, nothing, propertyValueShape } from './shapes.ts'

/** `log`: how many entries; `twice`: it was ended in two ways by people who did not see each other's entries. */
export const logReadingShape = z.object({
  log: z.number(),
  status: z.enum(STATUSES),
  twice: z.boolean(),
})
/** `entry`: the id of the one that was added. */
const appendedShape = logReadingShape.extend({ entry: z.string() })

/** What a type of entry needs beside its words (core/commitment/SPEC.md). */
export const detailsShape = z.record(z.string(), propertyValueShape)
const dayShape = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** A person's name as it stands in the log; '' is whoever has not said. */
const limitShape = z.number().int().min(1)
const authorShape = z.string().max(200)

export const TOWARDS = ['proceed', 'pivot'] as const

/** What an entry was made on: ids of notes, or 'none' where somebody said that there is no evidence. */
const citesShape = z.union([z.array(noteIdShape), z.literal('none')])

export const pinShape = z.object({
  id: z.string(),
  word: z.string(),
  target: z.string(),
  /** Heading or `^block` that was pinned; '' for the whole text. */
  anchor: z.string(),
  quote: z.string(),
  before: z.string(),
  after: z.string(),
  hash: z.string(),
  version: z.string(),
  from: z.string(),
  to: z.string(),
  at: z.string(),
})

/** A verb of the vault: `own` are those that somebody added to the ones that every vault has. */
export const relationWordShape = z.object({
  word: z.string(),
  inverse: z.string(),
  reading: z.string(),
  inverseReading: z.string(),
})

/** The part of the vault contract that is about commitments, pins and relations (core/commitment, core/relation). */
export const commitmentCalls = {
  /** Adds an entry, which is never changed again. Fails with `bad-type` or `empty`. */
  appendLog: call(
    z.object({
      id: noteIdShape,
      type: z.string(),
      text: z.string(),
      author: authorShape.optional(),
      details: detailsShape.optional(),
    }),
    appendedShape,
  ),
  /**
   * Begins a commitment, or begins it anew after it was parked: its log says `opened`, and each ground that it rests on
   * is pinned as it reads today. `over`: the limit that this goes over; the text is then the reason. Else it may be empty.
   * Fails with `no-commitment`, with `opened` while it is in progress, with `empty` where a reason is missing.
   */
  openCommitment: call(
    z.object({ id: noteIdShape, text: z.string(), author: authorShape, over: limitShape.optional() }),
    appendedShape,
  ),
  /**
   * Answers a review, due or not: the entry says which one was due and when the next one is. `review`: the day on which
   * it was due as the writer saw it, '' for none; where that is another by now, it fails with `changed`. A pivot makes the successor first, which supersedes this and is in progress.
   * Fails with `empty` where neither text nor evidence is given, `bad-name` for a pivot without a title.
   */
  review: call(
    z.object({
      id: noteIdShape,
      text: z.string(),
      so: z.enum(REVIEW_ENDS),
      cites: citesShape.optional(),
      towards: z.enum(TOWARDS).nullable().optional(),
      review: z.union([dayShape, z.literal('')]),
      author: authorShape,
      /** Of a `proceed`: the limit that it goes over; the text is the reason. */
      over: limitShape.optional(),
      /** Of a pivot: what the next one is called. */
      successorTitle: z.string().optional(),
    }),
    appendedShape.extend({ successor: noteRowShape.optional() }),
  ),
  /** The entry's text goes, here and in every copy that hears of it; its author, day and type stay. Fails with `not-found`. */
  withdraw: call(
    z.object({ id: noteIdShape, entry: z.string(), reason: z.string(), author: authorShape }),
    appendedShape,
  ),
  invite: call(z.object({ id: noteIdShape, person: z.string(), author: authorShape }), appendedShape),
  /**
   * `person` answers for themselves: accepted, or declined, which takes an acceptance back. `over`: the limit that
   * accepting goes over; the text is then the reason.
   */
  answer: call(
    z.object({
      id: noteIdShape,
      person: z.string(),
      accepts: z.boolean(),
      author: authorShape,
      text: z.string().optional(),
      over: limitShape.optional(),
    }),
    appendedShape,
  ),

  /**
   * Holds on to what a relation of this note leads to, as it reads today: the passage of `anchor`, or the whole text
   * where that is ''. One pin a word, target and anchor: it is put anew. Fails with `no-passage`.
   */
  pin: call(z.object({ id: noteIdShape, word: z.string(), target: noteIdShape, anchor: z.string() }), pinShape),
  unpin: call(z.object({ id: noteIdShape, pin: z.string() }), nothing),
  /** A ground was read again and still holds: the pin is put as it reads today; a log gets an entry that says so. */
  reread: call(
    z.object({ id: noteIdShape, pin: z.string(), author: authorShape }),
    z.object({ pin: pinShape, entry: z.string().nullable() }),
  ),

  /** A new note of the same kind with the structure of `id`, emptied, derived from it as it is now. */
  startFrom: call(z.object({ id: noteIdShape, title: z.string() }), noteRowShape),
  /**
   * What a note has otherwise than the one that it was made from, as that was then; null where that state is not kept
   * any more, and the note as it is now was compared. Fails with `no-source`.
   */
  compareNotes: call(
    z.object({ id: noteIdShape }),
    z.object({
      source: noteRowShape,
      /** The source as it was when the note was made from it; false: as it is now. */
      isThen: z.boolean(),
      /** The source has changed since. */
      hasChanged: z.boolean(),
      difference: differenceShape,
    }),
  ),

  /** The words of this vault: those that every vault has come first. `own`: those that can be changed, by `word`. */
  relationWords: call(
    z.object({}),
    z.object({
      words: z.array(relationWordShape),
      own: z.array(z.string()),
      /** What else is read as a relation, by the word as it is written (`importMapping`), and every word as itself. */
      read: z.record(z.string(), z.string()),
    }),
  ),
  /** Adds or replaces. Fails with a `WordFault` (core/relation/vault-words): `taken`, `no-word`, `same`, `too-many`. */
  setRelationWord: call(relationWordShape, nothing),
  /** Words of an export's `words.json`; those that the vault has, and what would say something else, stay as they are. */
  importWords: call(z.object({ words: z.string() }), nothing),
  /** What is written stays written; it is then a property or a mention. */
  removeRelationWord: call(z.object({ word: z.string() }), nothing),
  /**
   * Changes or removes (`to: null`) a relation between two notes, whichever of them it is written in: `word` and `to` as
   * read from `id`. The link stays as a mention where it stands in text. `places`: how many were changed.
   */
  editRelation: call(
    z.object({ id: noteIdShape, word: z.string(), target: noteIdShape, to: z.string().nullable() }),
    z.object({ places: z.number() }),
  ),
}
