import { z } from 'zod'
import type { Block, Footnote } from '../core/markdown/tree.ts'
import { PASSAGE_KINDS } from '../core/note/passages.ts'
import { commitmentCalls, detailsShape, logReadingShape } from './commitment-contract.ts'
import {
  attachmentShape,
  exportedNoteShape,
  exportPlanShape,
  folderChangeShape,
  importAttachmentShape,
  importedFileShape,
  importFileShape,
  noteHtmlShape,
} from './file-shapes.ts'
import { call, defineContract } from './rpc.ts'
import {
  factEditShape,
  folderIdShape,
  folderShape,
  kindShape,
  mappingShape,
  noteIdShape,
  noteRowShape,
  nothing,
  propertyValueShape,
} from './shapes.ts'
import { historyCalls } from './vault-history-calls.ts'

const passageShape = z.object({
  is: z.enum(PASSAGE_KINDS),
  text: z.string(),
  /** Without `^`; '' where it has none. */
  id: z.string(),
  n: z.number(),
  block: z.number().int(),
  item: z.number().int().nullable(),
})

/** What the vault worker does, for windows, for main and for the command line. */
export const vaultContract = defineContract({
  name: 'vault',
  calls: {
    info: call(
      z.object({}),
      z.object({
        name: z.string(),
        /** Living notes by kind. */
        counts: z.object({ essay: z.number(), example: z.number(), commitment: z.number(), note: z.number() }),
        trashed: z.number(),
        /** A fault of the disk that is not over yet, in words; else null. */
        fault: z.string().nullable(),
        /** What was put right when the vault was opened, such as notes put back from the journal; else null. */
        restored: z.string().nullable(),
      }),
    ),
    setName: call(z.object({ name: z.string().min(1) }), nothing),
    /** Every folder with the number of living notes directly in it. */
    folders: call(z.object({}), z.array(folderShape.extend({ notes: z.number() }))),
    /** Living notes, by title; of one folder (null: the top) or kind where asked for. */
    notes: call(
      z.object({
        folderId: folderIdShape.nullable().optional(),
        kind: kindShape.optional(),
        trashed: z.boolean().optional(),
      }),
      z.array(noteRowShape),
    ),
    /** One note's row and facts; fails with `not-found`. */
    note: call(
      z.object({ id: noteIdShape }),
      noteRowShape.extend({
        shownTitle: z.string(),
        aliases: z.array(z.string()),
        tags: z.array(z.string()),
        properties: z.array(z.object({ key: z.string(), value: propertyValueShape })),
      }),
    ),
    /** By id, exact path, title, then alias. Fails with `not-found` or `ambiguous`, naming the paths. */
    find: call(z.object({ name: z.string() }), noteRowShape),
    /** Without a folder the note goes to the folder of its kind (MARKDOWN.md, "Layout"). */
    createNote: call(
      z.object({
        title: z.string(),
        /** Left out: what the Markdown says, else `note`. */
        kind: kindShape.optional(),
        folderId: folderIdShape.nullable().optional(),
        markdown: z.string().optional(),
        /** Ids of notes that wikilinks of the text lead to, by what stands between their brackets. */
        linkIds: z.record(z.string(), noteIdShape).optional(),
      }),
      noteRowShape,
    ),
    /** What a link may lead to inside a note: headings, and passages with their block ids (core/note/passages). */
    passages: call(z.object({ id: noteIdShape }), z.array(passageShape)),
    /**
     * The block id of a passage of `passages`, which is given `blockId` where it has none. Fails with `changed` where the
     * passage does not stand in the note any more.
     */
    markPassage: call(
      passageShape.pick({ block: true, item: true, is: true, text: true }).extend({
        id: noteIdShape,
        blockId: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
      }),
      z.object({ blockId: z.string() }),
    ),
    /**
     * Joins a note: the one port that comes with the call then carries Yjs frames (crdt/note-channel).
     * Fails with `not-found`.
     */
    openNote: call(z.object({ id: noteIdShape }), nothing),
    appendMarkdown: call(z.object({ id: noteIdShape, markdown: z.string() }), noteRowShape),
    /** A note's log in its order (core/commitment/SPEC.md), and what it says of the status. */
    noteLog: call(
      z.object({ id: noteIdShape }),
      logReadingShape.extend({
        entries: z.array(
          z.object({
            id: z.string(),
            type: z.string(),
            /** A date or a time with its offset; '' where it is not known. */
            at: z.string(),
            author: z.string(),
            device: z.string(),
            text: z.string(),
            sees: z.array(z.string()),
            details: detailsShape,
          }),
        ),
      }),
    ),
    ...commitmentCalls,
    /** The note as it would be exported. */
    showMarkdown: call(z.object({ id: noteIdShape }), z.object({ path: z.string(), markdown: z.string() })),
    /**
     * A piece of a note to read elsewhere (core/note/passage): of the whole, a heading, or `^id`; about `most`
     * characters of it. `blocks` is null where the note has no such place.
     */
    passage: call(
      z.object({ id: noteIdShape, anchor: z.string().max(2000), most: z.number().int().min(1).max(200_000) }),
      noteRowShape.extend({
        blocks: z.array(z.custom<Block>()).nullable(),
        footnotes: z.array(z.custom<Footnote>()),
        more: z.boolean(),
      }),
    ),
    /** Renames and rewrites every link to the note, in open and closed notes; resumes after a crash. */
    renameNote: call(
      z.object({ id: noteIdShape, title: z.string().min(1) }),
      z.object({ notes: z.number(), links: z.number() }),
    ),
    setKind: call(z.object({ id: noteIdShape, kind: kindShape }), nothing),
    /**
     * One edit of its frontmatter, as `core/note/edit-facts`; fails with that module's faults, or `from-log`. `author`:
     * of the entry that the log of a commitment gets.
     */
    editFacts: call(
      z.object({ id: noteIdShape, edit: factEditShape, author: z.string().max(200).optional() }),
      nothing,
    ),
    moveNote: call(z.object({ id: noteIdShape, folderId: folderIdShape.nullable() }), nothing),
    trashNote: call(z.object({ id: noteIdShape }), nothing),
    restoreNote: call(z.object({ id: noteIdShape }), nothing),

    /** What is in the trash, the last one thrown away first. */
    trash: call(
      z.object({}),
      z.array(
        noteRowShape.extend({
          /** ms since 1970; null where it is not known (thrown away on another computer, or before it was noted). */
          trashedAt: z.number().nullable(),
          words: z.number(),
          /** The beginning of the text, at most 120 characters. */
          excerpt: z.string(),
          /** Its folder was removed meanwhile: put back, it stands at the top. */
          folderGone: z.boolean(),
          /** Every name by which a link may mean it, for the index' `waiting`. */
          names: z.array(z.string()),
        }),
      ),
    ),
    /**
     * Removes notes that are in the trash for good, here and wherever this computer keeps copies: store, journal,
     * versions, archives. Fails with `not-trashed`. `left`: archives that could not be reached, by their paths.
     */
    purgeNotes: call(
      z.object({ ids: z.array(noteIdShape) }),
      z.object({ notes: z.number(), archives: z.number(), left: z.array(z.string()) }),
    ),

    ...historyCalls,
    createFolder: call(z.object({ parentId: folderIdShape.nullable(), name: z.string().min(1) }), folderShape),
    renameFolder: call(z.object({ id: folderIdShape, name: z.string().min(1) }), nothing),
    moveFolder: call(z.object({ id: folderIdShape, parentId: folderIdShape.nullable() }), nothing),
    /** Fails with `not-empty` while notes or folders are in it. */
    removeFolder: call(z.object({ id: folderIdShape }), nothing),

    /** Attachments by the path that notes use. */
    attachments: call(z.object({}), z.array(attachmentShape)),
    addAttachments: call(z.object({ attachments: z.array(attachmentShape) }), nothing),
    /**
     * Attachments of the folder that `origin` names. Where another file has a path already, the one that comes gets a
     * free name beside it: those are answered, `path` as in the folder and `name` the path in the vault.
     */
    importAttachments: call(
      z.object({ origin: z.string(), attachments: z.array(importAttachmentShape) }),
      z.array(z.object({ path: z.string(), name: z.string() })),
    ),
    /**
     * Attachments that a note names, in the trash or not, by their paths. Whatever is not certain counts as named;
     * `certain: false` where nothing could be found out, and then all of them are.
     */
    attachmentsInUse: call(z.object({}), z.object({ paths: z.array(z.string()), certain: z.boolean() })),
    /** Takes paths out of the list, after looking once more that no note names them. Answers those that went. */
    removeAttachments: call(z.object({ attachments: z.array(attachmentShape) }), z.array(attachmentShape)),
    /** Where an embed or image of a note points to, by MARKDOWN.md's rules; null where nothing is there. */
    resolveAttachment: call(z.object({ noteId: noteIdShape, target: z.string() }), attachmentShape.nullable()),

    /** Import: batches of files until `importEnd`. Each batch is durable when it is answered. */
    importFiles: call(
      z.object({
        /** Names the folder, so that another one with the same paths is not taken for a newer copy of it. */
        origin: z.string().optional(),
        /**
         * The folder is kept in step (src/main/mirror): `id` says which note a file is, and nothing else does; whatever
         * differs from `exported` is an edit, and `base` has the bytes of `exported`; an empty one says
         * that file and note came by their name each by itself.
         */
        mirror: z.boolean().optional(),
        change: folderChangeShape.optional(),
        files: z.array(importFileShape),
      }),
      z.array(importedFileShape),
    ),
    /** What imports read as kinds and relations. `beside`: notes whose kind their file does not say. */
    importMapping: call(z.object({}), mappingShape.extend({ beside: z.number() })),
    setImportMapping: call(mappingShape, nothing),
    /** Has those files say their kind from now on, as one big change; `change` is null where there were none. */
    writeKinds: call(z.object({}), z.object({ change: z.string().nullable(), notes: z.number() })),
    /** Of files of the folder that `origin` names: those that are in, with a kind that no person gave and no file says. */
    importedKinds: call(
      z.object({ origin: z.string(), paths: z.array(z.string()) }),
      z.array(z.object({ path: z.string(), kind: kindShape })),
    ),
    /**
     * Gives such notes other kinds, beside their files, as a part of the import that goes on: taken back with it.
     * A note whose kind a person gave, or a file says, keeps it.
     */
    applyKinds: call(
      z.object({ kinds: z.array(z.object({ id: noteIdShape, kind: kindShape })) }),
      z.object({ notes: z.number() }),
    ),
    /** Trails of an export's `trails.json`, after its notes and before `importEnd`; those that are here stay as they are. */
    importTrails: call(z.object({ trails: z.string() }), nothing),
    /** How many living notes were taken in from the folder that `origin` names. */
    importedFrom: call(z.object({ origin: z.string() }), z.number()),
    /**
     * A file was renamed or moved by another program: the note gets its folder, made where it is missing, and exactly
     * this file name, with the title that it says where the name is another; links follow (S13).
     */
    placeNote: call(z.object({ id: noteIdShape, path: z.string(), change: folderChangeShape.optional() }), nothing),
    /** Folders that another program made, by their paths; those that are there stay as they are. */
    placeFolders: call(z.object({ paths: z.array(z.string()) }), nothing),
    /** Notes whose files another program deleted, or brought back; part of a big change where one is named. */
    trashNotes: call(z.object({ ids: z.array(noteIdShape), change: folderChangeShape.optional() }), nothing),
    restoreNotes: call(z.object({ ids: z.array(noteIdShape), change: folderChangeShape.optional() }), nothing),
    /** Waits until everything imported is searchable, and counts links over the imported notes. */
    importEnd: call(z.object({}), z.object({ links: z.number(), unresolved: z.number() })),

    /** Export: what there is to write, then the bytes of some notes at a time, read back and compared (M4). */
    exportPlan: call(
      z.object({
        /** Living notes of these ids, or at these paths; without it all of them. */
        of: z.object({ ids: z.array(noteIdShape), paths: z.array(z.string()), attachments: z.boolean() }).optional(),
      }),
      exportPlanShape,
    ),
    exportNotes: call(
      z.object({ ids: z.array(noteIdShape), withFiles: z.boolean().optional() }),
      z.array(exportedNoteShape),
    ),

    /** Living notes as HTML: escaped whole, no script, embeds written out. Anchors begin with `n` and the note's id. */
    htmlOf: call(z.object({ ids: z.array(noteIdShape).max(200) }), z.array(noteHtmlShape)),

    /** Opens every doc, compares it with the index and the heads. */
    check: call(
      z.object({ repair: z.boolean() }),
      z.object({
        ok: z.boolean(),
        notes: z.number(),
        problems: z.array(z.object({ code: z.string(), id: z.string(), text: z.string() })),
      }),
    ),
    /** Settles when the index agrees with every doc: what a search must wait for right after the start. */
    whenIndexed: call(z.object({}), nothing),
    /** Settles when what the store lacked at the start is back from the journal, as far as it could be. */
    whenReconciled: call(z.object({}), nothing),
    /** Settles when everything that this worker was sent is on disk. */
    flush: call(z.object({}), nothing),
  },
  events: {
    /** Rows that changed, appeared or went; beyond 200 at once, `all`. */
    changed: z.object({ ids: z.array(noteIdShape), all: z.boolean(), folders: z.boolean() }),
    /** A disk fault began (a sentence for the person) or ended (null). Edits are kept in memory meanwhile. */
    fault: z.object({ text: z.string().nullable() }),
    /** The store was found short and put right, in one sentence for the person. */
    restored: z.object({ text: z.string() }),
    /** Versions or big changes of the vault changed. */
    history: z.object({ ids: z.array(noteIdShape) }),
    progress: z.object({
      job: z.enum(['import', 'export', 'rename', 'index', 'check', 'restore', 'replace', 'undo']),
      done: z.number(),
      total: z.number(),
    }),
  },
})
