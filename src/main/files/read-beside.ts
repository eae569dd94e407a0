import { lstat, readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { OWN_FOLDER } from './receipt.ts'

/**
 * What an export says beside its notes: `.throughline/former.json`, `log.json`, `pins.json`,
 * `titles.json`, `trails.json` and `words.json`.
 */
export type BesideFolder = {
  /** Of one note, by its id in the export, as the vault takes it; undefined where there is nothing. */
  note(id: string | undefined): string | undefined
  /** The text of `trails.json`; '' where there is none. */
  readonly trails: string
  /** The text of `words.json`; '' where there is none. */
  readonly words: string
}

const byNote = z.record(z.string(), z.array(z.unknown()))
const logShape = z.object({ notes: byNote })
const formerShape = z.object({ notes: z.record(z.string(), z.array(z.string())) })
const titleShape = z.object({ notes: z.record(z.string(), z.string()) })
const pinShape = z.object({ pins: z.array(z.looseObject({ note: z.string() })) })

/** Never fails: without these files logs come from their notes, and pins and trails stay away. */
export async function readBesideFolder(root: string): Promise<BesideFolder> {
  const [logText, pinText, trails, titleText, formerText, words] = await Promise.all(
    ['log.json', 'pins.json', 'trails.json', 'titles.json', 'former.json', 'words.json'].map((name) =>
      textOf(root, name),
    ),
  )
  const logs = logShape.safeParse(jsonOf(logText)).data?.notes ?? {}
  const titles = titleShape.safeParse(jsonOf(titleText)).data?.notes ?? {}
  const formers = formerShape.safeParse(jsonOf(formerText)).data?.notes ?? {}
  const pins = new Map<string, unknown[]>()
  for (const pin of pinShape.safeParse(jsonOf(pinText)).data?.pins ?? []) {
    pins.set(pin.note, [...(pins.get(pin.note) ?? []), pin])
  }
  return {
    note: (id) => {
      if (id === undefined) return undefined
      const log = Object.hasOwn(logs, id) ? logs[id] : undefined
      const own = pins.get(id)
      const title = Object.hasOwn(titles, id) ? titles[id] : undefined
      const former = Object.hasOwn(formers, id) ? formers[id] : undefined
      if (!log && !own && !former && title === undefined) return undefined
      return JSON.stringify({ log: log ?? [], pins: own ?? [], title, former })
    },
    trails: trails ?? '',
    words: words ?? '',
  }
}

async function textOf(root: string, name: string): Promise<string> {
  const file = path.join(root, OWN_FOLDER, name)
  try {
    return (await lstat(file)).isFile() ? await readFile(file, 'utf8') : ''
  } catch {
    return ''
  }
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return null
  }
}
