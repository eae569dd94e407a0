import { z } from 'zod'

export const settingsShape = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'default', 'roomy']),
  /** Body text in px, 16 to 22. */
  bodySize: z.number().int().min(16).max(22),
  /** Daily archives beside the store. */
  backups: z.boolean(),
  /** Days after which a note leaves the trash for good; null: only by hand. */
  emptyTrashAfter: z.number().int().min(1).max(3650).nullable(),
  /** Keys that the person chose, by command id (ipc/commands.ts, ChosenKeys); '' takes a command's keys away. */
  keys: z.record(z.string(), z.string().max(64)),
  /** The line that one writes in stays in the middle of the page. */
  typewriter: z.boolean(),
  /** In focus mode other paragraphs are dimmed. */
  focusParagraph: z.boolean(),
  /** Typographic quotes, dashes and dots as one types: `off`, by the system's language, or by another. */
  smartSigns: z.string().max(16),
  spelling: z.boolean(),
  /** Those that are checked, as the spell checker calls them; none: the system's. */
  spellingLanguages: z.array(z.string().max(16)).max(8),
  /** How this person signs entries of logs; '' until they were asked. */
  personName: z.string().max(200),
  /** How many commitments that I accepted may be in progress; null: no limit. */
  inProgressLimit: z.number().int().min(1).max(99).nullable(),
  /** The system tells of reviews that are due. */
  reviewNotices: z.boolean(),
})
export type Settings = z.infer<typeof settingsShape>

/** As a new profile has them. */
export const DEFAULT_SETTINGS: Settings = {
  theme: 'system',
  density: 'default',
  bodySize: 18,
  backups: true,
  emptyTrashAfter: null,
  keys: {},
  typewriter: false,
  focusParagraph: false,
  smartSigns: 'off',
  spelling: true,
  spellingLanguages: [],
  personName: '',
  inProgressLimit: 3,
  reviewNotices: false,
}

/** How spelling is checked here. */
export const spellingShape = z.object({
  /** By the system's own checker, in the languages that it is set to. */
  isSystem: z.boolean(),
  /** Languages that a dictionary exists of, as the checker calls them. */
  available: z.array(z.string()),
  /** Those that are checked, or would be if their dictionary were here. */
  chosen: z.array(z.string()),
  /** Of the chosen ones, those whose dictionary is on this computer. */
  here: z.array(z.string()),
})
export type Spelling = z.infer<typeof spellingShape>

/** What a window needs to reopen as it was. Opaque to main: the renderer owns its shape, 256 kB at most. */
export const windowStateShape = z.string().max(256 * 1024)
