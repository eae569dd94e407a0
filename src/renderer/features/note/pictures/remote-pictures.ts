import { create } from 'zustand'
import { appClient } from '../../../platform/clients.ts'
import { say } from '../../note-actions/index.ts'

export type RemotePicture =
  | { readonly is: 'loading' }
  | { readonly is: 'failed'; readonly words: string }
  | { readonly is: 'loaded'; readonly sha256: string; readonly type: string }

/** Pictures of the web that the person asked for in this window, by address. Forgotten with it. */
const useRemotePictures = create<{ readonly byUrl: Readonly<Record<string, RemotePicture>> }>(() => ({ byUrl: {} }))

export const useRemotePicture = (url: string): RemotePicture | null =>
  useRemotePictures(({ byUrl }) => (Object.hasOwn(byUrl, url) ? (byUrl[url] ?? null) : null))

/** Only ever by a click. */
export async function loadRemotePicture(url: string): Promise<void> {
  const set = (picture: RemotePicture) =>
    useRemotePictures.setState(({ byUrl }) => ({ byUrl: { ...byUrl, [url]: picture } }))
  set({ is: 'loading' })
  try {
    set({ is: 'loaded', ...(await appClient().call('loadRemotePicture', { url })) })
  } catch (error) {
    set({ is: 'failed', words: say(error) })
  }
}
