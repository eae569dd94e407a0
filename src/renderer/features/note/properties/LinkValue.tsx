import { useState } from 'react'
import { isLinkText, linkName, linkShown, linkTarget } from '../../../../core/note/property-type.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { KindGlyph } from '../../../ui/KindGlyph.tsx'
import type { FollowProperty } from './follow.ts'
import { TitleField } from './TitleField.tsx'

type LinkValueProps = {
  readonly label: string
  /** `[[Title|shown]]`. */
  readonly text: string
  /** Another link; '' where it was emptied, words where it is none any more. */
  readonly onChange: (text: string) => void
  readonly onNext: () => void
  readonly onFollow: FollowProperty
}

/** A link: it opens by a click or Enter, F2 or a letter changes it, Backspace takes it away. */
export function LinkValue({ label, text, onChange, onNext, onFollow }: LinkValueProps) {
  const [draft, setDraft] = useState<string | null>(null)
  const target = linkTarget(text)
  const name = linkName(text)
  const { data } = useIndex(`resolve:${name}`, (index) => index.call('resolve', { targets: [name], fromId: null }))
  const found = data?.[0]?.found[0]
  if (draft !== null) {
    return (
      <TitleField
        label={label}
        start={draft}
        onDone={(words) => {
          setDraft(null)
          if (words !== null) onChange(words === '' || isLinkText(words) ? words : `[[${words}]]`)
        }}
      />
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it has no address of its own
    <button
      type="button"
      role="link"
      className="prop-link"
      data-unwritten={(data && !found) || undefined}
      onClick={(event) => {
        onFollow(target, event.currentTarget, { newTab: event.ctrlKey || event.metaKey })
      }}
      onKeyDown={(event) => {
        if (event.key === 'F2') setDraft(target)
        else if (event.key === 'Backspace' || event.key === 'Delete') onChange('')
        else if (event.key === 'ArrowDown') onNext()
        else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== ' ')
          setDraft('')
        else return
        if (event.key.length > 1) event.preventDefault()
      }}
    >
      {found && <KindGlyph kind={found.kind} size={12} />}
      {linkShown(text)}
    </button>
  )
}
