import { z } from 'zod'
import type { FolderId, NoteId, VaultId } from '../core/base/ids.ts'
import { isId } from '../core/base/ids.ts'
import { KINDS } from '../core/note/note.ts'

/** Shapes that several contracts share. Ids are checked here once, and branded from then on. */
export const noteIdShape = z
  .string()
  .refine(isId)
  .transform((id) => id as NoteId)
export const folderIdShape = z
  .string()
  .refine(isId)
  .transform((id) => id as FolderId)
export const vaultIdShape = z
  .string()
  .refine(isId)
  .transform((id) => id as VaultId)
export const kindShape = z.enum(KINDS)
/** core/import: what gives kinds to notes of an outside folder, and words that are read as relations. */
export const kindRuleShape = z.object({
  by: z.enum(['folder', 'folder-name', 'tag', 'property']),
  key: z.string().max(1000),
  value: z.string().max(1000),
  kind: kindShape,
})
export const mappingShape = z.object({
  kinds: z.array(kindRuleShape).max(500),
  words: z.record(z.string().max(1000), z.string().max(100)),
})
export const bytesShape = z.custom<Uint8Array>((value) => value instanceof Uint8Array)
/** sha256 in lower-case hexadecimal. */
export const hashShape = z.string().regex(/^[0-9a-f]{64}$/)
export const nothing = z.void()

export const propertyValueShape: z.ZodType<import('../core/note/note.ts').PropertyValue> = z.lazy(() =>
  z.union([
    z.string(),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(propertyValueShape),
    z.record(z.string(), propertyValueShape),
  ]),
)

const keyShape = z.string()
/** `FactEdit` of core/note/edit-facts. */
export const factEditShape = z.discriminatedUnion('is', [
  z.object({ is: z.literal('add'), key: keyShape, value: propertyValueShape }),
  z.object({ is: z.literal('set'), key: keyShape, value: propertyValueShape }),
  z.object({ is: z.literal('rename'), key: keyShape, to: z.string() }),
  z.object({ is: z.literal('remove'), key: keyShape }),
  z.object({ is: z.literal('place'), key: keyShape, at: z.number().int().min(0) }),
])

export const noteRowShape = z.object({
  id: noteIdShape,
  title: z.string(),
  kind: kindShape,
  folderId: folderIdShape.nullable(),
  path: z.string(),
  created: z.string(),
  updated: z.number(),
  trashed: z.boolean(),
})

export const folderShape = z.object({ id: folderIdShape, parentId: folderIdShape.nullable(), name: z.string() })

/** A problem with one file or note: `code` for the program, `reason` for a person. */
export const skippedShape = z.object({ path: z.string(), reason: z.string() })
export const progressShape = z.object({
  phase: z.enum(['scan', 'read', 'index', 'write', 'verify']),
  done: z.number(),
  total: z.number(),
})

/** Which notes go out: a note, a folder with all below it (null: the whole vault), what a search finds. */
export const pageScopeShape = z.discriminatedUnion('kind', [
  /** `linked`: and the notes that it links to. */
  z.object({ kind: z.literal('note'), id: noteIdShape, linked: z.boolean().optional() }),
  z.object({ kind: z.literal('folder'), id: folderIdShape.nullable() }),
  /** `prefix`: the last word may be unfinished, as in the search view. */
  z.object({ kind: z.literal('search'), query: z.string().min(1), prefix: z.boolean().optional() }),
])
export type PageScope = z.infer<typeof pageScopeShape>
