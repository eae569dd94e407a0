import { stopLexicalPropagation } from 'lexical'
import type { ReactNode, SyntheticEvent } from 'react'

/**
 * What is drawn in a text and used by itself: buttons, links, words to select. Lexical listens at the text's root and
 * would take a click for one on the source, Enter on a button for a new paragraph, a copy for one of its own selection.
 * The event is marked the way that Lexical marks those that an editor within an editor has seen; it still goes up,
 * for the window's keys.
 */
export function Quiet({
  children,
  className,
  isBlock,
}: {
  children: ReactNode
  className?: string
  isBlock?: boolean
}) {
  const Tag = isBlock ? 'div' : 'span'
  return (
    <Tag
      className={className}
      onClick={seen}
      onMouseDown={seen}
      onPointerDown={seen}
      onDoubleClick={seen}
      onKeyDown={(event) => {
        // what was done here is taken back from here
        const isUndo = (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key)
        if (!isUndo) seen(event)
      }}
      onKeyUp={seen}
      onCopy={seen}
      onCut={seen}
      onPaste={seen}
      onBeforeInput={seen}
      onInput={seen}
      onDragStart={seen}
    >
      {children}
    </Tag>
  )
}

const seen = ({ nativeEvent }: SyntheticEvent): void => stopLexicalPropagation(nativeEvent)
