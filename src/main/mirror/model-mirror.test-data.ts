import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { vaultId } from '../../core/base/ids.ts'
import { AttachmentStore } from '../attachments/attachment-store.ts'
import { profileAt } from '../store/profile.ts'
import { Lines } from './lines.ts'
import { ModelVault } from './model-vault.test-data.ts'
import type { Happened } from './parts.ts'
import { Mirror } from './round.ts'
import { Texts } from './texts.ts'

/**
 * A folder in step with a model of a vault, after the first round.
 *
 * @param folder makes an empty folder
 * @param names files of the notes that the vault begins with
 */
export async function modelMirror(folder: () => string, names: readonly string[]) {
  const root = path.join(folder(), 'notes')
  mkdirSync(root)
  const state = folder()
  const vault = new ModelVault()
  const happened: Happened[] = []
  /** Calls of the vault, by name. */
  const calls: string[] = []
  for (const name of names) vault.create(name, [`text of ${name}`])
  const openLines = () => Lines.open(path.join(state, 'lines'))
  const mirrorOver = (lines: Lines, step: (what: string) => void = () => {}) =>
    new Mirror({
      folder: root,
      vaultId: vaultId('vaultvault'),
      vault: vault.port,
      attachments: new AttachmentStore(profileAt(state)),
      lines,
      texts: new Texts(path.join(state, 'texts')),
      forbidden: state,
      now: Date.now,
      onHappened: (event) => happened.push(event),
      step,
    })
  const lines = await openLines()
  const mirror = mirrorOver(lines)
  await mirror.round()
  happened.length = 0
  vault.onCall = (name, when) => when === 'before' && calls.push(name)
  /** The next life: what is on the disk. */
  const open = async (step?: (what: string) => void) => mirrorOver(await openLines(), step)
  const at = (name: string) => path.join(root, name)
  const paths = () =>
    vault
      .living()
      .map((note) => note.path)
      .sort()
  return { root, vault, mirror, open, happened, calls, at, paths, lines }
}
