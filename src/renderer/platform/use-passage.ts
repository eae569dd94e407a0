import { useEffect, useState } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import type { Output } from '../../ipc/rpc.ts'
import type { vaultContract } from '../../ipc/vault-contract.ts'
import { useClients } from './clients.ts'
import { type Answer, LiveQuery } from './live-query.ts'
import { paced } from './paced.ts'
import type { Live } from './use-live.ts'

export type PassageOfNote = Output<typeof vaultContract, 'passage'>

const NOTHING: Live<PassageOfNote> = { data: null, failed: null }
/** Somebody who types in the note changes it many times a second. */
const FOLLOW_MS = 150

/**
 * A piece of a note, kept current: asked again when that note changes, and not when any other does. While `id` is
 * null nothing is asked, and what was there stays.
 * @param most about how many characters
 */
export function usePassage(id: NoteId | null, anchor: string, most: number): Live<PassageOfNote> {
  const vault = useClients((clients) => clients.vault)
  const [answer, setAnswer] = useState<Answer<PassageOfNote> | null>(null)
  const [query] = useState(() => new LiveQuery<PassageOfNote>(setAnswer))
  const key = id === null ? '' : `${id}#${anchor}#${most}`
  useEffect(() => {
    if (!vault || id === null) return
    let isEnded = false
    const ask = () => {
      if (!isEnded) query.update(() => vault.call('passage', { id, anchor, most }), key, ++revisions)
    }
    const later = paced(ask, FOLLOW_MS)
    const stop = vault.on('changed', ({ ids, all }) => {
      if (all || ids.includes(id)) later()
    })
    ask()
    return () => {
      isEnded = true
      stop()
      query.end()
    }
  }, [vault, id, anchor, most, key, query])
  if (id === null) return answer ?? NOTHING
  return answer?.key === key ? answer : NOTHING
}

/** Each asking is one of its own, of whichever client: none is taken for one that was answered. */
let revisions = 0
