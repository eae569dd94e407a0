import { $getRoot, type LexicalEditor } from 'lexical'
import type * as Y from 'yjs'
import { $compareBlocks } from './compare.ts'

/** Runs `work` when there is time for it; the returned function takes it back. */
export type Scheduler = (work: () => void) => () => void

/** So long after the last change: a whole comparison takes 15 ms at 20,000 words, and no key shall wait for one. */
const QUIET_MS = 1000

export const whenIdle: Scheduler = (work) => {
  let handle = 0
  const timer = setTimeout(() => {
    if (typeof requestIdleCallback === 'function') handle = requestIdleCallback(work, { timeout: 5000 })
    else work()
  }, QUIET_MS)
  return () => {
    clearTimeout(timer)
    if (handle !== 0) cancelIdleCallback(handle)
  }
}

/** At once, after the work under way: a local undo runs inside an update of the editor. */
const soon: Scheduler = (work) => {
  let cancelled = false
  queueMicrotask(() => {
    if (!cancelled) work()
  })
  return () => {
    cancelled = true
  }
}

export type GuardOptions = {
  readonly editor: LexicalEditor
  readonly root: Y.XmlElement
  /** Fills the editor from the doc anew. */
  readonly rebind: () => void
  /** The editor cannot show this doc faithfully; `difference` is a code without text of the note. */
  readonly giveUp: (difference: string) => void
  readonly idle?: Scheduler
}

export type Guard = {
  /** Compares the blocks that these events touched, soon; and everything at idle. */
  touched(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void
  /** Compares everything when nothing more has happened for a while. */
  later(): void
  /** Something threw: treated as a difference. */
  failed(code: string): void
  /** Compares everything now. */
  verify(): void
  dispose(): void
}

/**
 * Watches that what the person sees is what the doc holds (facts/editor.md, item 4). On a difference it fills
 * the editor anew once; if that does not help it gives up, for an editor that shows something else than it
 * writes to loses text.
 */
export function createGuard({ editor, root, rebind, giveUp, idle = whenIdle }: GuardOptions): Guard {
  const blocks = new Set<unknown>()
  let isDone = false
  let cancelSoon: (() => void) | undefined
  let cancelIdle: (() => void) | undefined

  const compare = (only?: ReadonlySet<unknown>): string | null => {
    try {
      // `read` first commits what is pending, so that both sides are complete
      return editor.read(() => $compareBlocks($getRoot(), root, only))
    } catch {
      return 'compare:threw'
    }
  }

  const heal = (difference: string) => {
    if (isDone) return
    try {
      rebind()
    } catch {
      return end(`${difference}, rebind:threw`)
    }
    const again = compare()
    if (again) end(again)
  }

  const end = (difference: string) => {
    dispose()
    giveUp(difference)
  }

  const check = (only?: ReadonlySet<unknown>) => {
    if (isDone) return
    const difference = compare(only)
    if (difference) heal(difference)
  }

  const later = () => {
    if (isDone) return
    cancelIdle?.()
    cancelIdle = idle(() => {
      cancelIdle = undefined
      check()
    })
  }

  const dispose = () => {
    isDone = true
    cancelSoon?.()
    cancelIdle?.()
    blocks.clear()
  }

  return {
    touched: (events) => {
      if (isDone) return
      for (const event of events) {
        if (event.target === root) {
          for (const item of event.changes.added) for (const type of item.content.getContent()) blocks.add(type)
          continue
        }
        let type: Y.AbstractType<unknown> | null = event.target
        while (type && type.parent !== root) type = type.parent as Y.AbstractType<unknown> | null
        if (type) blocks.add(type)
      }
      cancelSoon ??= soon(() => {
        cancelSoon = undefined
        const only = new Set(blocks)
        blocks.clear()
        check(only)
      })
      later()
    },
    later,
    failed: heal,
    verify: () => check(),
    dispose,
  }
}
