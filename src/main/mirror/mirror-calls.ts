import { shell } from 'electron'
import type { appContract, VaultInfo } from '../../ipc/app-contract.ts'
import { CallError, type Handlers } from '../../ipc/rpc.ts'
import type { Services } from '../services.ts'
import type { Mirrors } from './mirrors.ts'

type Calls = Pick<
  Handlers<typeof appContract>,
  | 'mirror'
  | 'startMirror'
  | 'pauseMirror'
  | 'stopMirror'
  | 'answerMirror'
  | 'showMirrorZip'
  | 'undoMirror'
  | 'showMirrorKept'
>

/** What a window may ask of the folder that its vault is kept in step with. */
export function mirrorCalls(mirrors: Mirrors, { grants }: Services, shownVault: () => VaultInfo): Calls {
  const state = () => mirrors.state(shownVault().id)
  return {
    mirror: state,
    startMirror: async ({ folder }) => {
      const { id, exported } = shownVault()
      const isKnown = exported?.folder === folder
      if (!isKnown && !(await grants.has(folder)))
        throw new CallError('refused', `${folder} was not chosen in a dialog.`)
      await mirrors.start(id, folder)
      return state()
    },
    pauseMirror: async ({ isPaused }) => {
      await mirrors.pause(shownVault().id, isPaused)
      return state()
    },
    stopMirror: async () => {
      await mirrors.stop(shownVault().id)
      return null
    },
    answerMirror: async ({ answer }) => {
      await mirrors.answer(shownVault().id, answer)
      return state()
    },
    undoMirror: async ({ entry }) => {
      await mirrors.undo(shownVault().id, entry)
      return state()
    },
    showMirrorKept: async ({ entry }) => {
      const place = await mirrors.kept(shownVault().id, entry)
      if (place) shell.showItemInFolder(place)
    },
    showMirrorZip: async () => {
      const shown = await state()
      if (shown?.zip) shell.showItemInFolder(shown.zip.path)
    },
  }
}
