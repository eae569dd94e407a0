import { type ReactNode, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { attempt } from '../../note-actions/index.ts'
import { follow } from '../follow.ts'
import { type Asked, AskedMenu } from '../links/AskedMenu.tsx'
import type { Reading } from '../reading/reading.ts'

/** Follows links of a text that is read; what there is to ask is asked below the link (`menu`). */
export function useFollow(from: NoteId): { onFollow: Reading['onFollow']; menu: ReactNode } {
  const [asked, setAsked] = useState<Asked | null>(null)
  const onFollow: Reading['onFollow'] = (link, element, options) => {
    const place = element.getBoundingClientRect()
    attempt(async () => {
      const question = await follow(from, link, options)
      if (!question || link.type !== 'wikilink') return
      setAsked({ ...question, target: link.target, key: null, rect: () => place })
    })
  }
  const menu = asked && <AskedMenu editor={null} noteId={from} asked={asked} onClose={() => setAsked(null)} />
  return { onFollow, menu }
}
