import type { BindingV2 } from '@lexical/yjs'
import type { LexicalEditor, NodeKey } from 'lexical'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Disposer } from '../../core/base/disposable.ts'

const places = new WeakMap<LexicalEditor, () => ReadonlySet<NodeKey>>()

/** Elements and texts in which carets of others stand, with all that they stand in. None without a session. */
export const peerPlaces = (editor: LexicalEditor): ReadonlySet<NodeKey> => places.get(editor)?.() ?? new Set()

/** Lets `peerPlaces` answer for the editor of a binding. */
export function tellPeerPlaces(binding: BindingV2, awareness: Awareness): Disposer {
  places.set(binding.editor, () => {
    const keys = new Set<NodeKey>()
    for (const [client, state] of awareness.getStates()) {
      if (client === awareness.clientID || state.focusing !== true) continue
      for (const position of [state.anchorPos, state.focusPos]) addPlaces(binding, position, keys)
    }
    return keys
  })
  return () => places.delete(binding.editor)
}

function addPlaces(binding: BindingV2, position: unknown, keys: Set<NodeKey>): void {
  if (typeof position !== 'object' || position === null) return
  const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(position), binding.doc)
  for (let type: unknown = found?.type; type instanceof Y.XmlText || type instanceof Y.XmlElement; type = type.parent) {
    const nodes = type instanceof Y.XmlText ? binding.mapping.get(type) : binding.mapping.get(type)
    for (const node of Array.isArray(nodes) ? nodes : nodes ? [nodes] : []) keys.add(node.getKey())
  }
}
