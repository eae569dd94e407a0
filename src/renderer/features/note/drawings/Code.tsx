import { $isCodeNode } from '@lexical/code-core'
import { $getNodeByKey, type LexicalEditor, type NodeKey } from 'lexical'
import { ChevronDown, Copy, WrapText } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { languageOf, withLanguage } from '../../../../editor/code-language.ts'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import { OPEN_LANGUAGES_COMMAND } from '../../../../editor/extensions/source-keys.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { copyText } from '../../note-actions/index.ts'
import { LanguageMenu } from './code/LanguageMenu.tsx'
import { useColours } from './code/use-colours.ts'
import type { DrawerProps } from './drawer.ts'
import { WORDS } from './words.ts'
import './code.css'

/** The edge of a block of code: its language, which can be changed, copy and wrap; and its colours. */
export const Code = memo(function Code({ editor, drawing }: DrawerProps) {
  const { key, source, info, place } = drawing
  const language = languageOf(info)
  useColours(place, language, source)
  const kept = WORDS.code.kept(language)
  return (
    <>
      <CodeEdge editor={editor} at={key} info={info} source={source} place={place} />
      {kept && <small className="drawing-says code-kept">{kept}</small>}
    </>
  )
})

type CodeEdgeProps = {
  readonly editor: LexicalEditor
  readonly at: NodeKey
  readonly info: string
  readonly source: string
  readonly place: HTMLElement
}

export function CodeEdge({ editor, at, info, source, place }: CodeEdgeProps) {
  const [isOpen, setOpen] = useState(false)
  const [isWrapped, setWrapped] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const language = languageOf(info)

  // the edge stays where it is while long lines move below it
  useEffect(() => {
    const block = place.parentElement
    if (!block) return
    block.toggleAttribute('data-wrapped', isWrapped)
    if (isWrapped) block.scrollLeft = 0
    const follow = () => place.style.setProperty('--scrolled', `${block.scrollLeft}px`)
    follow()
    block.addEventListener('scroll', follow, { passive: true })
    return () => block.removeEventListener('scroll', follow)
  }, [place, isWrapped])

  useEffect(
    () =>
      editor.registerCommand(
        OPEN_LANGUAGES_COMMAND,
        (wanted) => {
          if (wanted === at) setOpen(true)
          return wanted === at
        },
        0,
      ),
    [editor, at],
  )

  const choose = (language: string) => {
    setOpen(false)
    editor.update(
      () => {
        const node = $getNodeByKey(at)
        if ($isCodeNode(node)) node.setLanguage(withLanguage(node.getLanguage(), language))
      },
      { tag: AS_ACT, onUpdate: () => editor.focus() },
    )
  }

  return (
    <div className="code-edge">
      <IconButton icon={Copy} label={WORDS.code.copy} onClick={() => copyText(source)} />
      <IconButton
        icon={WrapText}
        label={WORDS.code.wrap}
        aria-pressed={isWrapped}
        onClick={() => setWrapped(!isWrapped)}
      />
      <button
        type="button"
        ref={button}
        className="code-language"
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        aria-label={WORDS.code.languageOf(language || WORDS.code.plain)}
        onClick={() => editor.isEditable() && setOpen(!isOpen)}
      >
        {language || WORDS.code.plain}
        <Icon of={ChevronDown} />
      </button>
      {isOpen && (
        <LanguageMenu
          current={language}
          rect={() => button.current?.getBoundingClientRect() ?? null}
          onChoose={choose}
          onClose={(isBack) => {
            setOpen(false)
            if (isBack) editor.focus()
          }}
        />
      )}
    </div>
  )
}
