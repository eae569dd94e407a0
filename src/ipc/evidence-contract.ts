import { z } from 'zod'
import { EVIDENCE_LISTS } from '../core/evidence/lists.ts'
import { detailsShape, pinShape } from './commitment-contract.ts'
import { call } from './rpc.ts'
import { kindShape, noteIdShape, propertyValueShape } from './shapes.ts'

export const propertyShape = z.object({ key: z.string(), value: propertyValueShape })

export const entryShape = z.object({
  id: z.string(),
  type: z.string(),
  /** A date or a time with its offset; '' where it is not known. */
  at: z.string(),
  author: z.string(),
  device: z.string(),
  text: z.string(),
  sees: z.array(z.string()),
  details: detailsShape,
})

/** What the index holds of a commitment, or of any note that has a log. */
export const indexedCommitmentShape = z.object({ properties: z.array(propertyShape), log: z.array(entryShape) })

const hitShape = z.object({ id: noteIdShape, title: z.string(), path: z.string(), kind: kindShape })

/** What a pin says by now (core/evidence/pin-state): `gone` where the note or the passage is not there any more. */
export const pinStateShape = z.discriminatedUnion('is', [
  z.object({ is: z.literal('same') }),
  z.object({ is: z.literal('changed'), was: z.string(), now: z.string() }),
  z.object({ is: z.literal('gone'), was: z.string() }),
])

/** A pin with what it says by now. `to`: its target; null where that is not in the vault. */
export const readPinShape = z.object({ pin: pinShape, state: pinStateShape, to: hitShape.nullable() })

const evidenceItemShape = hitShape.extend({
  isDraft: z.boolean(),
  /** How many other notes lead here, by whatever word. */
  links: z.number(),
  /** How many notes there are to look at (core/evidence/lists), and the first of them, at most eight. */
  others: z.number(),
  notes: z.array(hitShape),
  /** How many notes illustrate it, and challenge it. */
  illustrates: z.number(),
  challenges: z.number(),
  /** Of a commitment: `reach` as its author typed it, and who opened it last; ''. */
  reach: z.string(),
  by: z.string(),
  /** Of `ground-changed`: each pin that does not read as it did. */
  pins: z.array(readPinShape),
})

/** The part of the index contract that is about commitments and evidence. */
export const evidenceCalls = {
  /**
   * Every commitment, by title, for `readCommitment` and `ledgerOf`, which are told which day it is. `restsOn`: what it
   * rests on and what illustrates or challenges it. Against it are those that challenge it or another of its grounds.
   */
  ledger: call(
    z.object({}),
    z.object({
      ms: z.number(),
      items: z.array(
        z.object({
          id: noteIdShape,
          title: z.string(),
          path: z.string(),
          properties: z.array(propertyShape),
          entries: z.array(entryShape),
          restsOn: z.object({ for: z.number(), against: z.number() }),
        }),
      ),
    }),
  ),
  /**
   * The live lists (core/evidence): all of them, or one. `total` is exact; `limit` items each, from `offset` on.
   * `drafts: false` leaves them out, of the totals too.
   */
  evidence: call(
    z.object({
      limit: z.number().int().min(0),
      offset: z.number().int().min(0).optional(),
      list: z.enum(EVIDENCE_LISTS).optional(),
      drafts: z.boolean().optional(),
    }),
    z.object({
      ms: z.number(),
      lists: z.array(z.object({ is: z.enum(EVIDENCE_LISTS), total: z.number(), items: z.array(evidenceItemShape) })),
    }),
  ),
  /** What rests on a note, directly (`depth` 1) or not, the nearest first; `relation`: by which word it does. */
  blastRadius: call(
    z.object({ id: noteIdShape, limit: z.number().int().min(0).optional() }),
    z.object({
      total: z.number(),
      items: z.array(hitShape.extend({ depth: z.number(), relation: z.string() })),
    }),
  ),
  /** How much is written with any of these verbs: links, and the notes that they stand in. */
  relationUse: call(
    z.object({ words: z.array(z.string()).max(20) }),
    z.object({ links: z.number(), notes: z.number() }),
  ),
  /** The pins of a note's relations, and what they say by now. */
  pinsOf: call(z.object({ id: noteIdShape }), z.array(readPinShape)),
  /** The pins that other notes have on this one: what an edit of it may flag. */
  pinsOn: call(z.object({ id: noteIdShape }), z.array(readPinShape.extend({ from: hitShape }))),
}
