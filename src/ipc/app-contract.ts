import { z } from 'zod'
import { mirrorStateShape } from './mirror-shapes.ts'
import { call, defineContract } from './rpc.ts'
import { settingsShape, spellingShape, windowStateShape } from './settings-shapes.ts'
import {
  bytesShape,
  hashShape,
  kindRuleShape,
  kindShape,
  mappingShape,
  nothing,
  pageScopeShape,
  progressShape,
  skippedShape,
  vaultIdShape,
} from './shapes.ts'

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
  /** Files whose log says something else than their note's, which stays as it was written. */
  logsKept: z.array(skippedShape),
  /** Notes that were in already and have another kind now. */
  rekinded: z.number(),
  /** Attachments at whose path the vault has another file: `name` is where they are in the vault. */
  renamed: z.array(z.object({ path: z.string(), name: z.string() })),
  skipped: z.array(skippedShape),
  ms: z.number(),
  cancelled: z.boolean(),
})
export type ImportReport = z.infer<typeof importReportShape>

const choiceShape = kindRuleShape.omit({ kind: true }).extend({ notes: z.number() })

/** What a folder, a zip or a Markdown file holds, before anything of it is taken in. Lists name 200 at most. */
export const importPreviewShape = z.object({
  name: z.string(),
  /** It is a folder, which could be kept in step. */
  isFolder: z.boolean(),
  notes: z.number(),
  links: z.number(),
  unresolved: z.number(),
  attachments: z.number(),
  /** Of the attachments. */
  bytes: z.number(),
  tags: z.number(),
  /** Property words and inline ones with links, the most used first; `plain`: how many hold none. */
  words: z.array(z.object({ word: z.string(), key: z.string(), links: z.number(), isRelation: z.boolean() })),
  plain: z.number(),
  stays: z.object({
    dataview: z.number(),
    templates: z.number(),
    canvases: z.number(),
    toml: z.number(),
    blockRefs: z.number(),
  }),
  /** `path`: the name of the link; `reason`: the notes that it could mean. */
  ambiguous: z.array(skippedShape),
  ambiguousLinks: z.number(),
  sameButCase: z.array(z.string()),
  notText: z.array(z.string()),
  skipped: z.array(skippedShape),
  /** As asked for, else as the vault has it, else as it suggests itself. `rules`: notes that each takes, in its order. */
  mapping: mappingShape,
  rules: z.array(z.number()),
  /** Notes that no rule takes, and notes that name their kind themselves. */
  rest: z.number(),
  said: z.number(),
  kinds: z.object({ essay: z.number(), example: z.number(), commitment: z.number(), note: z.number() }),
  /** Notes of the vault that came from there before and would have these kinds by the mapping, where they have others. */
  again: z.array(z.object({ kind: kindShape, notes: z.number() })),
  /** Notes for which rules say different kinds. */
  twice: z.array(z.string()),
  /** What a rule could be made of. */
  choices: z.array(choiceShape),
  /** The head of one note, and what becomes of it. */
  sample: z
    .object({
      path: z.string(),
      head: z.string(),
      kind: kindShape,
      relations: z.array(z.object({ relation: z.string(), links: z.number() })),
    })
    .nullable(),
})
export type ImportPreview = z.infer<typeof importPreviewShape>

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
  /** Names that the target cannot hold, or that `portable` does not allow: what they are called there (M6). */
  renamed: z.array(z.object({ path: z.string(), name: z.string() })),
  /** Of the notes that were written or are there already. */
  links: z.number(),
  blockIds: z.number(),
  /** Of those links, the ones that lead to a note not written yet; null where that is not known. */
  unresolved: z.number().nullable(),
  /** Files that the receipt names, and how many of them were the same when both were read from the disk again. */
  compared: z.object({ files: z.number(), same: z.number() }),
  /** What Markdown and other tools have no place for: it stays in the vault, or in `.throughline/`. */
  hidden: z.object({ versions: z.number(), pins: z.number(), trails: z.number() }),
  /** Everything is there, read back and the same. */
  done: z.boolean(),
  /** Path of the receipt: inside the folder, or of the zip that holds it. */
  receipt: z.string(),
  ms: z.number(),
  cancelled: z.boolean(),
})
export type ExportReport = z.infer<typeof exportReportShape>

export const pageReportShape = z.object({
  /** Absolute. */
  file: z.string(),
  notes: z.number(),
  /** Pictures in the file. */
  images: z.number(),
  bytes: z.number(),
  /** Of a PDF; null of a web page. */
  sheets: z.number().nullable(),
  /** What is not in the file as it should be: notes and pictures by path. */
  problems: z.array(skippedShape),
  ms: z.number(),
  /** Then nothing was written. */
  cancelled: z.boolean(),
})
export type PageReport = z.infer<typeof pageReportShape>

export const archiveShape = z.object({
  /** Absolute. */
  path: z.string(),
  /** When it was made, ms since 1970. */
  at: z.number(),
  bytes: z.number(),
  notes: z.number(),
  /** `here`: beside the store; `second`: in the folder that the person named. */
  place: z.enum(['here', 'second']),
  /** It was read back whole after it was written. */
  verified: z.boolean(),
})
export type Archive = z.infer<typeof archiveShape>

export const backupStateShape = z.object({
  /** Of the vault shown, newest first. */
  archives: z.array(archiveShape),
  /** The folder on a second disk; null where none was named. */
  second: z.string().nullable(),
  /** The person was asked about a second disk, once. */
  asked: z.boolean(),
  /** Why the last attempt failed, in words; null where it went well. */
  problem: z.string().nullable(),
  /** The last restore that was rehearsed into a temporary profile. */
  rehearsal: z.object({ at: z.number(), ok: z.boolean(), notes: z.number(), text: z.string() }).nullable(),
  isRunning: z.boolean(),
})
export type BackupState = z.infer<typeof backupStateShape>

/** What is kept of a crash: on this computer only, and without text of notes. */
export const crashReportShape = z.object({
  /** File name of the report. */
  id: z.string(),
  at: z.number(),
  /** What ended: the app, a window, the part that keeps a vault, the graphics. */
  what: z.enum(['app', 'window', 'vault', 'other']),
  /** One line for a person. */
  text: z.string(),
})
export type CrashReport = z.infer<typeof crashReportShape>

const noticeShape = z.object({ level: z.enum(['info', 'warning', 'error']), text: z.string() })

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
        /** What `newWindow` was asked to show: then `windowState` is of another window, and only its widths hold. */
        place: z.string().nullable(),
        /** Something that happened before this window opened, such as a restart of a host. */
        notice: noticeShape.nullable(),
      }),
    ),
    vaults: call(z.object({}), z.array(vaultInfoShape)),
    /** Makes a vault and shows it in this window, which reloads. */
    createVault: call(z.object({ name: z.string().min(1), from: z.enum(['empty', 'starter']) }), vaultInfoShape),
    /** Flushes, then shows another vault in this window, which reloads. */
    openVault: call(z.object({ id: vaultIdShape }), nothing),
    renameVault: call(z.object({ id: vaultIdShape, name: z.string().min(1) }), nothing),
    /** The system's own dialogs. */
    chooseTarget: call(z.object({ as: z.enum(['zip', 'archive']), name: z.string() }), z.string().nullable()),
    chooseFolder: call(z.object({ purpose: z.enum(['import', 'import-file', 'export']) }), z.string().nullable()),
    /**
     * Copies a folder in; into a new vault of the folder's name where `vault` is null. Writes to the folder only with
     * `keepInStep`. `folder` may be a zip or a Markdown file. `mapping` becomes the vault's.
     */
    importFolder: call(
      z.object({
        folder: z.string(),
        vault: vaultIdShape.nullable(),
        mapping: mappingShape.optional(),
        /** The vault and the folder follow each other from then on, as by `startMirror`. */
        keepInStep: z.boolean().optional(),
        /** Notes that are in already get their kinds by the mapping too. */
        applyKinds: z.boolean().optional(),
      }),
      /** `notKept`: why the folder is not kept in step though that was asked for; the notes are in. */
      importReportShape.extend({ notKept: z.string().nullable() }),
    ),
    /**
     * Reads what is there and changes nothing; with a mapping once more, only counts again. Tells `importProgress`;
     * `cancelImport` ends it (`cancelled`). Fails with `no-folder`, `not-a-zip`, `zip-bomb`.
     */
    previewImport: call(
      z.object({ folder: z.string(), vault: vaultIdShape.nullable(), mapping: mappingShape.nullable() }),
      importPreviewShape,
    ),
    /** Forgets what was read for a preview. */
    closePreview: call(z.object({}), nothing),
    cancelImport: call(z.object({}), nothing),
    /** Fails with `folder-not-empty` where the folder holds files that no export of ours made. */
    exportVault: call(
      z.object({
        folder: z.string(),
        /** Without one the whole vault. */
        scope: pageScopeShape.optional(),
        /** `folder` is then the path of a zip, which is replaced whole. */
        zip: z.boolean().optional(),
        /** Names that Linux, macOS and Windows can all hold, and tell apart without regard to case. */
        portable: z.boolean().optional(),
      }),
      exportReportShape,
    ),
    /** How much would go out. Attachments as far as the notes name them; null where that takes too long to find out. */
    countExport: call(
      z.object({ scope: pageScopeShape }),
      z.object({ notes: z.number(), attachments: z.number().nullable() }),
    ),
    /** Everything of the vault in one archive, with versions and attachments; fails as `backupNow` does. */
    exportArchive: call(z.object({ file: z.string() }), archiveShape.extend({ missing: z.number() })),
    /** The Markdown of notes, one after the other, on the clipboard. Fails with `too-many` beyond 16 MB. */
    copyMarkdown: call(z.object({ scope: pageScopeShape }), z.object({ notes: z.number() })),
    cancelExport: call(z.object({}), nothing),
    /**
     * Notes as one HTML file or PDF, where the system's dialog says; null: cancelled there. Tells `exportProgress`,
     * and is stopped by `cancelExport`. Fails with `not-found`, `busy`, or with what the disk says. The file may be
     * given to `showInFolder`.
     */
    exportPage: call(z.object({ scope: pageScopeShape, form: z.enum(['html', 'pdf']) }), pageReportShape.nullable()),
    /** The same page to the system's print dialog; settles when that is answered. False: cancelled there. */
    printPage: call(z.object({ scope: pageScopeShape }), z.object({ printed: z.boolean() })),
    /** Keeps a file with the vault's attachments; `path` is what a note links to (`Attachments/name.png`). */
    addAttachment: call(
      z.object({ name: z.string(), bytes: bytesShape }),
      z.object({ path: z.string(), sha256: hashShape, size: z.number(), type: z.string() }),
    ),
    /** The same for files that the system's dialog asks for; null: cancelled there. Fails as `addAttachment` does. */
    pickAttachments: call(
      z.object({}),
      z.array(z.object({ path: z.string(), sha256: hashShape, size: z.number(), type: z.string() })).nullable(),
    ),
    /**
     * Gives a copy of an attachment to the system's program for it; programs, scripts and the like are shown in a
     * folder instead (`opened: false`). Fails with `not-found`, `no-program`.
     */
    openAttachment: call(z.object({ path: z.string() }), z.object({ opened: z.boolean() })),
    /**
     * Fetches a picture of the web that the person asked to see, for this run of the app; it is then served as an
     * attachment is. Fails with `refused`, `unreachable`, `no-picture`, `too-large`.
     */
    loadRemotePicture: call(z.object({ url: z.string().max(4096) }), z.object({ sha256: hashShape, type: z.string() })),
    /** http, https and mailto only; anything else fails with `refused`. */
    openExternal: call(z.object({ url: z.string() }), nothing),
    /** Another window on the vault shown, with a place (of the renderer's own shape) in its first tab. */
    newWindow: call(z.object({ place: z.string().max(4096) }), nothing),

    backups: call(z.object({}), backupStateShape),
    /** Makes an archive of the vault shown, now. Fails with `busy`, or with what the disk says. */
    backupNow: call(z.object({}), archiveShape),
    /** Asks by the system's dialog for the folder on a second disk (null: cancelled), or forgets it. */
    chooseSecondDisk: call(z.object({ forget: z.boolean() }), z.string().nullable()),
    /** The question about a second disk was answered with “not now”. */
    secondDiskAsked: call(z.object({}), nothing),
    /**
     * Opens an archive as a vault of its own, beside the others, and shows it in this window. Without a path the
     * system's dialog asks; null: cancelled. Fails with `not-an-archive`, `damaged`, `newer`.
     */
    restoreBackup: call(z.object({ path: z.string().nullable() }), vaultInfoShape.nullable()),
    /** Restores the newest archive into a temporary profile and compares, now. */
    rehearseRestore: call(z.object({}), backupStateShape),
    showArchive: call(z.object({ path: z.string() }), nothing),

    /** The folder that the vault shown is kept in step with; null: none. */
    mirror: call(z.object({}), mirrorStateShape.nullable()),
    /**
     * Keeps a folder in step, both ways: an empty one, one that this vault was written to, or one that it came from.
     * A zip of it as it is comes first. Fails with `no-folder`, `folder-not-empty`, `refused`, `not-kept`, `busy`.
     */
    startMirror: call(z.object({ folder: z.string() }), mirrorStateShape.nullable()),
    pauseMirror: call(z.object({ isPaused: z.boolean() }), mirrorStateShape.nullable()),
    stopMirror: call(z.object({}), mirrorStateShape.nullable()),
    /** What to do with the notes whose files vanished: write them again, or put the notes in the trash. */
    answerMirror: call(z.object({ answer: z.enum(['put-back', 'trash']) }), mirrorStateShape.nullable()),
    showMirrorZip: call(z.object({}), nothing),
    /**
     * Takes one line of what happened back: the big change, the text from before, or the note out of the trash. Fails
     * with `not-found` for a line that is not there any more or has nothing to take back, and as those calls do.
     */
    undoMirror: call(z.object({ entry: z.string() }), mirrorStateShape.nullable()),
    /** The file as it was changed where a log's entry went back to what was written. */
    showMirrorKept: call(z.object({ entry: z.string() }), nothing),

    crashReports: call(z.object({}), z.array(crashReportShape)),
    showCrashReports: call(z.object({}), nothing),
    removeCrashReports: call(z.object({}), nothing),
    showInFolder: call(z.object({ folder: z.string() }), nothing),
    spelling: call(z.object({}), spellingShape),
    /** The one call that fetches something for spelling, asked for by the person: from a public server. */
    fetchDictionary: call(z.object({ language: z.string().max(16) }), z.object({ isHere: z.boolean() })),
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
    backups: z.object({}),
    /** What `mirror` answers is another now. */
    mirror: z.object({}),
    /** The list of vaults changed, or a name or count in it. */
    vaults: z.object({}),
    notice: noticeShape,
  },
})
