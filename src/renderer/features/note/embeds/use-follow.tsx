import { type ReactNode, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { attempt, openNote } from '../../note-actions/index.ts'
import { type Choice, follow } from '../follow.ts'
import type { Reading } from '../reading/reading.ts'
import { WhichMenu } from '../WhichMenu.tsx'

/** Follows links of a text that is read; where several notes have the name, asks which (`menu`). */
export function useFollow(from: NoteId): { onFollow: Reading['onFollow']; menu: ReactNode } {
  const [which, setWhich] = useState<{ choices: readonly Choice[]; rect: DOMRect } | null>(null)
  const onFollow: Reading['onFollow'] = (link, element, options) => {
    const rect = element.getBoundingClientRect()
    attempt(async () => {
      const choices = await follow(from, link, options)
      if (choices.length > 0) setWhich({ choices, rect })
    })
  }
  const menu = which && (
    <WhichMenu
      {...which}
      onClose={() => setWhich(null)}
      onChoose={({ id }) => {
        setWhich(null)
        openNote(id)
      }}
    />
  )
  return { onFollow, menu }
}
