import { z } from 'zod'
import { call, defineContract } from './rpc.ts'
import { bytesShape, hashShape, nothing, progressShape, skippedShape, vaultIdShape } from './shapes.ts'

export const vaultInfoShape = z.object({
  id: vaultIdShape,
  name: z.string(),
  /** As last counted; the vault itself knows better. */
  notes: z.number(),
  isStarter: z.boolean(),
  /** Where it was last written as Markdown, and when (ms since 1970); null while only inside Throughline. */
  exported: z.object({ folder: z.string(), at: z.number() }).nullable(),
})
export type VaultInfo = z.infer<typeof vaultInfoShape>

export const settingsShape = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'default', 'roomy']),
  /** Body text in px, 16 to 22. */
  bodySize: z.number().int().min(16).max(22),
})
export type Settings = z.infer<typeof settingsShape>

/** What a window needs to reopen as it was. Opaque to main: the renderer owns its shape, 256 kB at most. */
export const windowStateShape = z.string().max(256 * 1024)

export const importReportShape = z.object({
  vault: vaultIdShape,
  notes: z.number(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
  attachments: z.number(),
  links: z.number(),
  unresolved: z.number(),
  /** Files that are notes of plain text only (not Markdown that could be read in time), with the reason. */
  asText: z.array(skippedShape),
  skipped: z.array(skippedShape),
  ms: z.number(),
  cancelled: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportShape>

export const exportReportShape = z.object({
  folder: z.string(),
  notes: z.number(),
  /** Of those, how many files were written now; the others were already as they should be. */
  written: z.number(),
  attachments: z.number(),
  bytes: z.number(),
  /** Files in the folder that somebody else changed since the last export: left alone, and listed (M10). */
  leftAlone: z.array(skippedShape),
  problems: z.array(skippedShape),
  /** Path of the receipt, inside the folder. */
  receipt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
})
export type ExportReport = z.infer<typeof exportReportShape>

/** What main does for a window. Served once a window; main knows which window and vault a port belongs to. */
export const appContract = defineContract({
  name: 'app',
  calls: {
    bootstrap: call(
      z.object({}),
      z.object({
        platform: z.enum(['linux', 'darwin', 'win32']),
        version: z.string(),
        /** null on first run: the window then asks where the notes are. */
        vault: vaultInfoShape.nullable(),
        settings: settingsShape,
        windowState: windowStateShape.nullable(),
        /** A sentence about something that happened before this window opened, such as a restart of a host. */
        notice: z.string().nullable(),
      }),
    ),
    vaults: call(z.object({}), z.array(vaultInfoShape)),
    /** Makes a vault and shows it in this window, which reloads. */
    createVault: call(z.object({ name: z.string().min(1), from: z.enum(['empty', 'starter']) }), vaultInfoShape),
    /** Flushes, then shows another vault in this window, which reloads. */
    openVault: call(z.object({ id: vaultIdShape }), nothing),
    renameVault: call(z.object({ id: vaultIdShape, name: z.string().min(1) }), nothing),
    /** The system's own dialog. */
    chooseFolder: call(z.object({ purpose: z.enum(['import', 'export']) }), z.string().nullable()),
    /** Counts what a folder holds; reads names and sizes only. */
    scanFolder: call(
      z.object({ folder: z.string() }),
      z.object({
        name: z.string(),
        notes: z.number(),
        attachments: z.number(),
        bytes: z.number(),
        skipped: z.array(skippedShape),
      }),
    ),
    /** Copies a folder in; into a new vault of the folder's name where `vault` is null. Never writes to the folder. */
    importFolder: call(z.object({ folder: z.string(), vault: vaultIdShape.nullable() }), importReportShape),
    cancelImport: call(z.object({}), nothing),
    /** Fails with `folder-not-empty` where the folder holds files that no export of ours made. */
    exportVault: call(z.object({ folder: z.string() }), exportReportShape),
    cancelExport: call(z.object({}), nothing),
    /** Keeps a file with the vault's attachments; `path` is what a note links to (`Attachments/name.png`). */
    addAttachment: call(
      z.object({ name: z.string(), bytes: bytesShape }),
      z.object({ path: z.string(), sha256: hashShape, size: z.number(), type: z.string() }),
    ),
    /** http, https and mailto only; anything else fails with `refused`. */
    openExternal: call(z.object({ url: z.string() }), nothing),
    showInFolder: call(z.object({ folder: z.string() }), nothing),
    setSettings: call(settingsShape.partial(), settingsShape),
    saveWindowState: call(z.object({ state: windowStateShape }), nothing),
    /** Answers the `flush` event: everything of this window is stored, or the person chose to go on without. */
    flushed: call(z.object({ token: z.number() }), nothing),
  },
  events: {
    /** A menu item or global shortcut that the window's command list knows. */
    command: z.object({ id: z.string() }),
    /** Before quit, close or a switch of vault: finish writing, then call `flushed`. */
    flush: z.object({ token: z.number() }),
    importProgress: progressShape,
    exportProgress: progressShape,
    settings: settingsShape,
    /** The list of vaults changed, or a name or count in it. */
    vaults: z.object({}),
    notice: z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() }),
  },
})
