import { open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { storeFolder, vaultFolder } from './ground.ts'
import type { Random } from './random.ts'

export type Damage = {
  readonly name: string
  /** Does it to a profile that nobody uses; says what was hit, null where the profile has nothing of that kind. */
  readonly apply: (profile: string, random: Random) => Promise<string | null>
  /** What must be there afterwards: every word, or every word but those of the last minute (see `LAST` in damage.spec.ts). */
  readonly left: 'all' | 'all but the last words'
  /** Words were certainly put back: the person must be told. */
  readonly mustTell: boolean
}

const filesOf = async (folder: string, pattern: RegExp): Promise<string[]> =>
  (await readdir(folder, { recursive: true }).catch(() => []))
    .filter((name) => pattern.test(path.basename(name)))
    .sort()
    .map((name) => path.join(folder, name))

type Way = 'deleted' | 'truncated' | 'garbled' | 'zeroed'
const WAYS: readonly Way[] = ['deleted', 'truncated', 'garbled', 'zeroed']

/** Deletes it, cuts its end off, turns bytes of it around, or writes zeros over a part, as a power cut leaves them. */
export async function hurt(file: string, way: Way, random: Random): Promise<void> {
  if (way === 'deleted') return rm(file)
  const { size } = await stat(file)
  if (way === 'truncated') return truncate(file, random.below(size))
  const handle = await open(file, 'r+')
  try {
    const length = way === 'zeroed' ? Math.max(1, random.below(Math.min(size, 4096))) : 1
    for (let n = way === 'zeroed' ? 1 : 24; n > 0; n--) {
      const bytes = Buffer.alloc(length, way === 'zeroed' ? 0 : random.below(256))
      await handle.write(bytes, 0, length, random.below(Math.max(1, size - length)))
    }
  } finally {
    await handle.close()
  }
}

const leveldb = async (profile: string): Promise<string> =>
  path.join(await storeFolder(profile), 'IndexedDB', 'app_bundle_0.indexeddb.leveldb')
const journal = async (profile: string): Promise<string> => path.join(await vaultFolder(profile), 'journal')

/** One file of a kind, hurt in one way. */
function oneFile(
  what: string,
  folder: (profile: string) => Promise<string>,
  pattern: RegExp,
  way: Way,
  options: Partial<Pick<Damage, 'left' | 'mustTell'>> = {},
): Damage {
  return {
    name: `${what} ${way}`,
    left: 'all',
    mustTell: false,
    ...options,
    apply: async (profile, random) => {
      const files = await filesOf(await folder(profile), pattern)
      if (files.length === 0) return null
      const file = random.of(files)
      await hurt(file, way, random)
      return path.relative(profile, file)
    },
  }
}

function goneFolder(what: string, folder: (profile: string) => Promise<string>, mustTell: boolean): Damage {
  return {
    name: `${what} deleted`,
    left: 'all',
    mustTell,
    apply: async (profile) => {
      await rm(await folder(profile), { recursive: true })
      return what
    },
  }
}

const indexedDb = async (profile: string) => path.join(await storeFolder(profile), 'IndexedDB')
const opfs = async (profile: string) => path.join(await storeFolder(profile), 'File System')
const versions = async (profile: string) => path.join(await vaultFolder(profile), 'versions')
const atRoot = async (profile: string) => profile

/** The end of the newest segment that holds anything: the last record is torn. */
async function tearJournal(profile: string, random: Random): Promise<string | null> {
  const segments = await filesOf(await journal(profile), /\.log$/)
  for (const file of segments.reverse()) {
    const { size } = await stat(file)
    if (size < 64) continue
    await truncate(file, size - 1 - random.below(16))
    return path.relative(profile, file)
  }
  return null
}

export const wholeStore = goneFolder('the store', indexedDb, true)
export const wholeJournal = goneFolder('the journal', journal, false)

export const storeAndTornJournal: Damage = {
  name: 'the store deleted and the journal torn',
  left: 'all but the last words',
  mustTell: true,
  apply: async (profile, random) => {
    await wholeStore.apply(profile, random)
    return tearJournal(profile, random)
  },
}

/** The list of vaults or the settings, as half a write leaves them. */
const garbledJson = (name: string): Damage => ({
  name: `${name} garbled`,
  left: 'all',
  mustTell: false,
  apply: async (profile, random) => {
    const file = path.join(profile, name)
    const text = await readFile(file, 'utf8').catch(() => null)
    if (text === null) return null
    await writeFile(file, text.slice(0, 1 + random.below(text.length - 2)))
    return name
  },
})

/** Everything that one round may do. */
export const DAMAGES: readonly Damage[] = [
  ...WAYS.flatMap((way) => [
    oneFile('a table of the store', leveldb, /\.ldb$/, way),
    oneFile('the log of the store', leveldb, /\.log$/, way),
    oneFile('MANIFEST of the store', leveldb, /^MANIFEST/, way),
    oneFile('CURRENT of the store', leveldb, /^CURRENT$/, way),
    oneFile('a file of the index', opfs, /^\d{8}$/, way),
    oneFile('a segment of the journal', journal, /\.log$/, way),
    oneFile('the snapshot of the journal', journal, /\.snapshot$/, way),
  ]),
  ...(['truncated', 'garbled', 'deleted'] as const).map((way) =>
    oneFile('versions of a note', versions, /\.versions$/, way),
  ),
  oneFile('the list of big changes', versions, /^changes\.log$/, 'garbled'),
  wholeStore,
  wholeJournal,
  goneFolder('the index', opfs, false),
  storeAndTornJournal,
  garbledJson('vaults.json'),
  garbledJson('settings.json'),
  oneFile('vaults.json', atRoot, /^vaults\.json$/, 'deleted'),
]
