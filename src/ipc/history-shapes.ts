import { z } from 'zod'
import { VERSION_REASONS } from '../core/history/version.ts'
import { hashShape, noteIdShape } from './shapes.ts'

export const versionShape = z.object({
  id: z.string().min(1).max(64),
  at: z.number(),
  reason: z.enum(VERSION_REASONS),
  name: z.string().nullable(),
  title: z.string(),
  docHash: z.string(),
  hash: hashShape,
  bytes: z.number(),
  words: z.number(),
  wordsAdded: z.number(),
  wordsRemoved: z.number(),
  change: z.string().nullable(),
  pins: z.array(z.string()).readonly(),
  attachments: z.array(hashShape).readonly(),
  clocks: z.record(z.string(), z.number()),
})

export const bigChangeShape = z.object({
  id: z.string().min(1).max(64),
  at: z.number(),
  kind: z.enum(['import', 'rename', 'move', 'replace', 'merge', 'restore']),
  title: z.string(),
  changed: z.array(z.object({ id: noteIdShape, version: z.string(), after: z.string() })).readonly(),
  created: z.array(z.object({ id: noteIdShape, after: z.string() })).readonly(),
  undone: z.boolean(),
})

const pieceShape = z.object({
  text: z.string(),
  change: z.enum(['same', 'added', 'removed']),
  bold: z.boolean().optional(),
  italic: z.boolean().optional(),
  strike: z.boolean().optional(),
  code: z.boolean().optional(),
  highlight: z.boolean().optional(),
  link: z.enum(['note', 'web']).optional(),
  verb: z.string().optional(),
})

export const blockShape = z.object({
  is: z.enum(['paragraph', 'heading', 'quote', 'item', 'code', 'rule', 'verbatim', 'property']),
  level: z.number(),
  mark: z.string(),
  pieces: z.array(pieceShape).readonly(),
})

export const differenceShape = z.object({
  changes: z.array(
    z.object({
      change: z.enum(['same', 'rewritten', 'added', 'removed', 'moved']),
      blocks: z.array(blockShape).readonly(),
      before: z.number().nullable(),
      after: z.number().nullable(),
      movedFrom: z.string().optional(),
    }),
  ),
  wordsAdded: z.number(),
  wordsRemoved: z.number(),
  moved: z.number(),
  title: z.object({ before: z.string(), after: z.string() }).nullable(),
})
