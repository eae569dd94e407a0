/** Where a caret stood: the position in its parent from the note's root down, and the offset in the last of them. */
export type CaretPath = readonly number[]

/** Of notes that are not open now, by note id; the last one left stands last. */
const left = new Map<string, CaretPath>()
/** Of notes that are open: asked only when the window is kept, so that typing costs nothing. */
const open = new Map<string, () => CaretPath | null>()
const listeners = new Set<() => void>()

const MOST = 200

function keep(id: string, caret: CaretPath | null): void {
  left.delete(id)
  if (caret) left.set(id, caret)
}

/** Takes part for a note that is open: `read` says where its caret stands. Returns a disposer. */
export function followCaret(id: string, read: () => CaretPath | null): () => void {
  open.set(id, read)
  return () => {
    if (open.get(id) !== read) return
    open.delete(id)
    keep(id, read())
  }
}

/** A caret has moved, or may have. */
export function caretMoved(): void {
  for (const listener of listeners) listener()
}

export function onCaretMoved(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Where the caret of a note stood when it was left; null where it was not opened before. */
export const caretOf = (id: string): CaretPath | null => left.get(id) ?? null

export function packCarets(): Record<string, number[]> {
  for (const [id, read] of open) keep(id, read() ?? left.get(id) ?? null)
  return Object.fromEntries([...left].slice(-MOST).map(([id, path]) => [id, [...path]]))
}

export function unpackCarets(carets: Readonly<Record<string, CaretPath>>): void {
  left.clear()
  for (const [id, path] of Object.entries(carets)) left.set(id, path)
}
