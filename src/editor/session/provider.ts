import type { Provider, ProviderAwareness, UserState } from '@lexical/yjs'
import type { Awareness } from 'y-protocols/awareness'
import type { Disposer } from '../../core/base/disposable.ts'

/** Others see a caret move this much later; whoever types does not wait for it to be told. */
const CARET_MS = 80

/**
 * The binding asks its provider for awareness only; frames travel elsewhere (crdt/note-channel). It tells where
 * the caret is with each key, before the letter is painted: that is kept here, and passed on a moment later.
 */
export function providerOf(awareness: Awareness): Provider & { dispose: Disposer } {
  let waiting: UserState | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const own = awareness as unknown as ProviderAwareness
  const getLocalState = () => waiting ?? own.getLocalState()
  const pass = () => {
    timer = undefined
    const state = waiting
    waiting = null
    if (state) own.setLocalState(state)
  }
  const setLocalState = (state: UserState | null) => {
    waiting = state
    if (state) timer ??= setTimeout(pass, CARET_MS)
  }
  const nothing = () => {}
  return {
    awareness: {
      getLocalState,
      getStates: () => own.getStates(),
      setLocalState,
      setLocalStateField: (field, value) => {
        const state = getLocalState()
        if (state) setLocalState({ ...state, [field]: value })
      },
      on: (type, listener) => own.on(type, listener),
      off: (type, listener) => own.off(type, listener),
    },
    connect: nothing,
    disconnect: nothing,
    on: nothing,
    off: nothing,
    dispose: () => {
      clearTimeout(timer)
      waiting = null
      awareness.setLocalState(null)
    },
  }
}
