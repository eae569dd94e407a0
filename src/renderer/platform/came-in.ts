import { useEffect } from 'react'
import { z } from 'zod'
import { create } from 'zustand'
import { isMine } from '../../core/commitment/ledger.ts'
import { useSession } from '../state/session.ts'
import type { Commitment, Ledger } from './ledger.ts'

/**
 * Which commitments in progress are known to be mine, so that one which a merge, an import or a file brings can be told
 * from those that were begun here. Kept by the page's own storage, which every window of this computer shares.
 */
const shape = z.object({ me: z.string(), ids: z.array(z.string()) })
export type Known = z.infer<typeof shape>

type Counted = Pick<Ledger, 'due' | 'inProgress' | 'all' | 'limit' | 'me'>

const mineOf = ({ due, inProgress, me }: Counted): readonly Commitment[] =>
  [...due, ...inProgress].filter(({ reading }) => isMine(reading, me))

/**
 * What is known once this was seen. One that closed is forgotten: open again, it is news. One that is not there at all
 * stays known, for it may be in the trash, or not read yet. Under another name all that is mine is taken as known.
 */
export function knownWith(known: Known | null, ledger: Counted): Known {
  const mine = mineOf(ledger).map(({ id }) => id as string)
  if (!known || known.me !== ledger.me) return { me: ledger.me, ids: mine }
  const there = new Set<string>(ledger.all.map(({ id }) => id))
  return { me: ledger.me, ids: [...new Set([...mine, ...known.ids.filter((id) => !there.has(id))])] }
}

/** What is over the limit without anybody having been asked here, newest opening last. */
export function cameInOf(known: Known | null, ledger: Counted): readonly Commitment[] {
  if (!ledger.limit.isOver || !known || known.me !== ledger.me) return []
  const ids = new Set(known.ids)
  return mineOf(ledger).filter(({ id, reading }) => !ids.has(id) && reading.over === null)
}

/** Grows with what is known, here or in another window. */
const useRevision = create<{ readonly revision: number }>(() => ({ revision: 0 }))
const grow = (): void => useRevision.setState(({ revision }) => ({ revision: revision + 1 }))

const key = (): string => `commitments:mine:${useSession.getState().vault?.id ?? ''}`

function read(): Known | null {
  try {
    const parsed = shape.safeParse(JSON.parse(localStorage.getItem(key()) ?? 'null'))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

function keep(known: Known): void {
  const before = read()
  if (before?.me === known.me && before.ids.length === known.ids.length) {
    const ids = new Set(before.ids)
    if (known.ids.every((id) => ids.has(id))) return
  }
  try {
    localStorage.setItem(key(), JSON.stringify(known))
  } catch {
    // then the next merge is told of as the first one
  }
  grow()
}

/** This one is begun or accepted here: it is no news. */
export function expectMine(id: string): void {
  const known = read()
  if (known && !known.ids.includes(id)) keep({ ...known, ids: [...known.ids, id] })
}

/** Follows what is mine while nothing is over the limit: once in a window, by what always stands in it. */
export function useKeptMine(ledger: Ledger | null): void {
  useEffect(() => {
    if (!ledger) return
    const known = read()
    if (!ledger.limit.isOver || known?.me !== ledger.me) keep(knownWith(known, ledger))
    else forgetClosed(known, ledger)
  }, [ledger])
  useEffect(() => {
    window.addEventListener('storage', grow)
    return () => window.removeEventListener('storage', grow)
  }, [])
}

/** Over the limit too, what closed is forgotten: it may be opened again elsewhere. */
function forgetClosed(known: Known, ledger: Ledger): void {
  const mine = new Set<string>(mineOf(ledger).map(({ id }) => id))
  const there = new Set<string>(ledger.all.map(({ id }) => id))
  keep({ ...known, ids: known.ids.filter((id) => mine.has(id) || !there.has(id)) })
}

/** What came from elsewhere and is over the limit, until it is noted. */
export function useCameIn(ledger: Ledger): readonly Commitment[] {
  useRevision(({ revision }) => revision)
  return cameInOf(read(), ledger)
}

export const noteCameIn = (ledger: Ledger): void => keep(knownWith(read(), ledger))
