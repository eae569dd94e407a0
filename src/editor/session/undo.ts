import * as Y from 'yjs'

const MAX_STEPS = 500

/**
 * Undo of what this binding wrote while `isLocal`, and nothing else: what it writes because something arrived
 * (texts that a concurrent deletion left side by side are joined) is no step of the person's. Undoing the creation of a block keeps the block while
 * anything is left in it: what a peer typed there must not go with it (facts/editor.md, item 3).
 */
export function createUndoManager(
  root: Y.XmlElement,
  origin: unknown,
  isLocal: (transaction: Y.Transaction) => boolean,
): Y.UndoManager {
  const manager = new Y.UndoManager(root, {
    trackedOrigins: new Set([origin]),
    captureTransaction: isLocal,
    deleteFilter: (item) => {
      const type = item.content instanceof Y.ContentType ? item.content.type : null
      return !((type instanceof Y.XmlText || type instanceof Y.XmlElement) && type.length !== 0)
    },
  })
  manager.on('stack-item-added', ({ type }: { type: 'undo' | 'redo' }) => {
    const stack = type === 'undo' ? manager.undoStack : manager.redoStack
    if (stack.length > MAX_STEPS) stack.splice(0, stack.length - MAX_STEPS)
  })
  return manager
}
