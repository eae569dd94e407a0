import { useEffect } from 'react'
import type { NoteId } from '../../core/base/ids.ts'
import { useVault } from '../platform/use-live.ts'

/** The note's text, to read; the editor takes its place. */
export function NoteBody({ id, onReady }: { id: NoteId; onReady: () => void }) {
  const { data } = useVault(`markdown:${id}`, (vault) => vault.call('showMarkdown', { id }))
  useEffect(() => {
    if (data) onReady()
  }, [data, onReady])
  return <pre className="authored">{data?.markdown}</pre>
}
