import { z } from 'zod'
import { bytesShape, hashShape, kindShape, noteIdShape } from './shapes.ts'

/** What crosses between main and the vault worker when notes come in from files or go out to them. */

export const attachmentShape = z.object({ path: z.string(), sha256: hashShape, size: z.number() })

/** An attachment that comes in with a folder. */
export const importAttachmentShape = attachmentShape.extend({
  /** sha256 of the file as the last export of this vault into the folder left it. */
  exported: z.string().optional(),
  /** Of `.throughline/files.json`: paths under which those notes mean this file, though another one lies there. */
  standsFor: z.array(z.object({ path: z.string(), notes: z.array(z.string()) })).optional(),
})

/** A file that comes in. */
export const importFileShape = z.object({
  path: z.string(),
  bytes: bytesShape,
  /** ms since 1970: shown only, never part of the note. */
  updated: z.number(),
  /** Of `.throughline/ids.json`. */
  id: z.string().optional(),
  /** sha256 of the file as the last export of this vault into the folder left it. */
  exported: z.string().optional(),
  /** Of `.throughline/import.json`: a kind that is kept beside the file. */
  kind: kindShape.optional(),
  /** The bytes of `exported`; empty: file and note came by their name each by itself (mirror, F11). */
  base: bytesShape.optional(),
  /** Of `.throughline/log.json` and `pins.json`: JSON as `readBeside` takes it. */
  beside: z.string().optional(),
})

/** What became of it. */
export const importedFileShape = z.object({
  path: z.string(),
  id: noteIdShape,
  status: z.enum(['created', 'updated', 'unchanged']),
  /** Why the file is kept as plain text; null where it was read as Markdown. */
  asText: z.string().nullable(),
  /** Of a changed file with a log: new entries, and items that are altered or missing, which change nothing. */
  log: z.object({ added: z.number(), altered: z.number(), missing: z.number() }).nullable().optional(),
  /** Of a folder in step: the version kept of the note before; absent where there was nothing to keep. */
  before: z.string().optional(),
})

/** What one round of a folder in step changes is one big change: each call names it by the same id (mirror, F17). */
export const folderChangeShape = z.object({ id: z.string().min(1).max(30), title: z.string() })
export type FolderChange = z.infer<typeof folderChangeShape>

/** What there is to write. Of some notes only: no sidecar, and attachments where they are asked for. */
export const exportPlanShape = z.object({
  /** `docHash` is '' where it is not known yet, right after a crash: such a note is written whatever lies there. */
  notes: z.array(z.object({ id: noteIdShape, path: z.string(), docHash: z.string(), updated: z.number() })),
  attachments: z.array(attachmentShape),
  /** Content of `.throughline/`, by file name: what Markdown cannot say. */
  sidecar: z.record(z.string(), z.string()),
})

/** A note as its file. */
export const exportedNoteShape = z.object({
  id: noteIdShape,
  path: z.string(),
  bytes: bytesShape,
  /**
   * Why the file, read again, is not the same note; null when it is. With no bytes: why the note could not
   * be converted, and then there is nothing to write.
   */
  problem: z.string().nullable(),
  /** For the receipt: its links as the index counts them, and the block ids that others may point to. */
  links: z.number(),
  blockIds: z.number(),
  /** Attachments that it leads to, where they were asked for: `name` as it stands in the note. */
  files: z.array(z.object({ name: z.string(), path: z.string() })).optional(),
})

/**
 * A piece of a note's HTML, for main to join: text as it is; the address of a link to a note, which is one only where
 * that note is in the same file; an image, whose bytes main has. `anchor`: a heading or block in that note, '' for its
 * beginning. `alt` is plain text; `width` and `height` in px.
 */
const htmlPieceShape = z.union([
  z.string(),
  z.object({ link: noteIdShape, anchor: z.string() }),
  z.object({
    image: attachmentShape,
    alt: z.string(),
    width: z.number().nullable(),
    height: z.number().nullable(),
  }),
])
export type HtmlPiece = z.infer<typeof htmlPieceShape>

/**
 * A note's HTML. `problem`: why it is its plain source only, or not there at all; null where it was read as Markdown.
 */
export const noteHtmlShape = z.object({
  id: noteIdShape,
  path: z.string(),
  title: z.string(),
  kind: kindShape,
  pieces: z.array(htmlPieceShape),
  problem: z.string().nullable(),
})
