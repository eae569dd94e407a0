import { z } from 'zod'
import { pinShape, relationWordShape } from './commitment-contract.ts'
import { evidenceCalls, indexedCommitmentShape } from './evidence-contract.ts'
import { call, defineContract } from './rpc.ts'
import { kindShape, noteIdShape, nothing } from './shapes.ts'

/** A link as it stands in a note. `context` is its sentence; the link's own words are context[start..end). */
const indexedLinkShape = z.object({
  /** The name part of `[[name#heading|shown]]`, as written. */
  target: z.string(),
  /** Heading or `^block`, '' where there is none. */
  anchor: z.string(),
  /** The relation's word; 'mentions' for a plain link. */
  relation: z.string(),
  /** Where the link carries its target's id; '' else. */
  targetId: z.string(),
  embed: z.boolean(),
  context: z.string(),
  start: z.number(),
  end: z.number(),
})

/** Everything that the index holds of a note: rebuilt from its doc at any time. */
export const indexedNoteShape = z.object({
  id: noteIdShape,
  /** Of the doc that this was read from; what `check` compares. */
  docHash: z.string(),
  title: z.string(),
  shownTitle: z.string(),
  kind: kindShape,
  path: z.string(),
  created: z.string(),
  updated: z.number(),
  aliases: z.array(z.string()),
  formerTitles: z.array(z.string()),
  tags: z.array(z.string()),
  /** Frontmatter as `key: value` lines, searchable. */
  propertyText: z.string(),
  /** The words of the note. Wikilinks and link addresses stand in it as written, so that a search finds them. */
  text: z.string(),
  links: z.array(indexedLinkShape),
  /** How much of `text` is the note's own: its log stands behind it. */
  textEnd: z.number().int(),
  /** What anchors mean in it, as lines of `text`: by `anchorKey`, from one to before another. */
  passages: z.array(z.tuple([z.string(), z.number().int(), z.number().int()])),
  /** Of a note of that kind, or with a log; else null. */
  commitment: indexedCommitmentShape.nullable(),
  pins: z.array(pinShape),
  isDraft: z.boolean(),
})
export type IndexedNote = z.infer<typeof indexedNoteShape>
export type IndexedLink = z.infer<typeof indexedLinkShape>

/** Written by the vault worker only, on a port of its own. */
export const indexWriteContract = defineContract({
  name: 'index-write',
  calls: {
    put: call(z.object({ notes: z.array(indexedNoteShape) }), nothing),
    remove: call(z.object({ ids: z.array(noteIdShape) }), nothing),
    /** What is indexed, and from which state of each doc. */
    hashes: call(z.object({}), z.array(z.object({ id: noteIdShape, docHash: z.string() }))),
    clear: call(z.object({}), nothing),
    /** The verbs of the vault, in place of those that it was told before: which way each points. */
    words: call(z.object({ words: z.array(relationWordShape) }), nothing),
    /** Settles when what was put is on disk. */
    flush: call(z.object({}), nothing),
    /** After notes were removed for good: what they left in free pages and old segments leaves the file. */
    scrub: call(z.object({}), nothing),
  },
  events: {
    /** The index file was unreadable and starts empty: everything has to be put again. */
    lost: z.object({}),
  },
})

const hitShape = z.object({ id: noteIdShape, title: z.string(), path: z.string(), kind: kindShape })
/** A snippet in pieces; `hit` pieces are the words that were looked for. */
const snippetShape = z.array(z.object({ text: z.string(), hit: z.boolean() }))

/** Read by windows, main and the command line. Trashed notes are in no answer. */
export const indexContract = defineContract({
  name: 'index',
  calls: {
    /**
     * Full text, every word must occur; "phrases" too. `prefix`: the last word may be unfinished.
     * `total` is exact. `ms` is measured inside, from arrival to rows.
     */
    search: call(
      z.object({ query: z.string(), limit: z.number(), offset: z.number().optional(), prefix: z.boolean().optional() }),
      z.object({
        total: z.number(),
        ms: z.number(),
        hits: z.array(hitShape.extend({ snippet: snippetShape })),
      }),
    ),
    /** Titles and aliases for the quick switcher and `[[`: prefix, then words, then fuzzy; recent first when empty. */
    titles: call(
      z.object({ query: z.string(), limit: z.number() }),
      z.array(hitShape.extend({ alias: z.string().nullable(), updated: z.number() })),
    ),
    /** One item a source and relation, with the sentence of the first link; grouped by nothing, newest source first. */
    backlinks: call(
      z.object({ id: noteIdShape }),
      z.object({
        total: z.number(),
        ms: z.number(),
        items: z.array(
          hitShape.extend({ relation: z.string(), context: z.string(), start: z.number(), end: z.number() }),
        ),
      }),
    ),
    /** How many notes lead to each place inside a note, by its anchor as the first of them wrote it. */
    anchorLinks: call(
      z.object({ id: noteIdShape }),
      z.array(z.object({ anchor: z.string(), notes: z.number(), commitments: z.number() })),
    ),
    /** Links of a note in order of appearance; `id` is null for what is not written yet. */
    outlinks: call(
      z.object({ id: noteIdShape }),
      z.array(
        z.object({
          target: z.string(),
          anchor: z.string(),
          relation: z.string(),
          id: noteIdShape.nullable(),
          title: z.string(),
          kind: kindShape.nullable(),
          ambiguous: z.boolean(),
        }),
      ),
    ),
    /** Where a link in `fromId` (null: anywhere) leads. Several: ambiguous, the nearest first. */
    resolve: call(
      z.object({ targets: z.array(z.string()), fromId: noteIdShape.nullable() }),
      z.array(z.object({ target: z.string(), found: z.array(hitShape) })),
    ),
    /** Titles and aliases that occur in other notes' text without a link. */
    unlinkedMentions: call(
      z.object({ id: noteIdShape, limit: z.number() }),
      z.object({
        total: z.number(),
        items: z.array(hitShape.extend({ context: z.string(), start: z.number(), end: z.number() })),
      }),
    ),
    /** The notes that link to `target` by name where no such note exists yet. */
    unresolved: call(
      z.object({ limit: z.number() }),
      z.object({ total: z.number(), items: z.array(z.object({ target: z.string(), notes: z.number() })) }),
    ),
    /**
     * For each of some notes that are not in the index (in the trash): the links that lead nowhere now and would
     * lead there by one of its names. One item a source, with the sentence of its first link, newest source first.
     */
    waiting: call(
      z.object({ names: z.array(z.array(z.string())), limit: z.number() }),
      z.array(
        z.object({
          /** All of them, and the notes that they stand in; `items` may be fewer. */
          links: z.number(),
          notes: z.number(),
          items: z.array(
            hitShape.extend({ relation: z.string(), context: z.string(), start: z.number(), end: z.number() }),
          ),
        }),
      ),
    ),
    /**
     * Which of these files the indexed notes name, anywhere in their text or properties: by file name, however it
     * is escaped. Names that are parts of longer ones count. Asks page by page: begin with `after: 0`, go on with
     * `next` until it is null.
     */
    filesNamed: call(
      z.object({ names: z.array(z.string()), after: z.number().int() }),
      z.object({ named: z.array(z.string()), next: z.number().int().nullable() }),
    ),
    /** Sources of links that lead to a note, for rewriting: every link, not only the first a source. */
    linkSources: call(
      z.object({ id: noteIdShape }),
      z.array(z.object({ source: noteIdShape, targets: z.array(z.string()) })),
    ),
    /**
     * The whole graph, or what lies within `depth` steps of `center`. Edges are index triples
     * [from, to, relation index]; unresolved targets are nodes with kind `unresolved` and their name as title.
     * `packed`: the triples come in one array and `edges` is empty. Fifty thousand small arrays cost a window's
     * thread a tenth of a second.
     */
    graph: call(
      z.object({
        center: noteIdShape.optional(),
        depth: z.number().int().min(1).max(3).optional(),
        packed: z.boolean().optional(),
      }),
      z.object({
        nodes: z.array(
          z.object({ id: z.string(), title: z.string(), kind: z.union([kindShape, z.literal('unresolved')]) }),
        ),
        relations: z.array(z.string()),
        edges: z.array(z.tuple([z.number(), z.number(), z.number()])),
        packed: z.instanceof(Int32Array).optional(),
      }),
    ),
    ...evidenceCalls,
    list: call(
      z.object({ kind: kindShape.optional(), tag: z.string().optional() }),
      z.array(hitShape.extend({ updated: z.number() })),
    ),
    tags: call(z.object({}), z.array(z.object({ tag: z.string(), notes: z.number() }))),
    /** Notes indexed, and whether a rebuild is under way. */
    status: call(z.object({}), z.object({ notes: z.number(), links: z.number(), unresolved: z.number() })),
  },
  events: {
    /** Answers may differ from now on. At most one every 100 ms. */
    changed: z.object({}),
  },
})
