import { $isLinkNode } from '@lexical/link'
import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  COMMAND_PRIORITY_HIGH,
  KEY_ESCAPE_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import { Link2Off, PencilLine, SquareArrowOutUpRight } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import { isMac } from '../../../state/session.ts'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { focusText } from '../caret.ts'
import { checkAddress } from './address.ts'
import { Floating } from './Floating.tsx'
import { $changeLink, $unlink } from './link-selection.ts'
import { WORDS } from './words.ts'

type LinkAt = { readonly key: NodeKey; readonly url: string; readonly words: string }

type LinkPopoverProps = {
  editor: LexicalEditor
  /** A link that is to be edited at once. */
  editing: NodeKey | null
  onEdited: () => void
  onOpen: (url: string) => void
}

/** Where an ordinary link leads, under it while the caret is in it; its words and its address can be changed. */
export function LinkPopover({ editor, editing, onEdited, onOpen }: LinkPopoverProps) {
  const [at, setAt] = useState<LinkAt | null>(null)
  const [isEditing, setEditing] = useState(false)

  useEffect(() => {
    let dismissed: NodeKey | null = null
    return mergeRegister(
      editor.registerUpdateListener(({ editorState, dirtyLeaves, dirtyElements }) => {
        const next = editorState.read($linkAtCaret)
        if (next?.key !== dismissed) dismissed = null
        // whoever writes in a link's words wants to see them
        const isWriting = next !== null && (dirtyLeaves.size > 0 || dirtyElements.size > 0)
        if (isWriting && next) dismissed = next.key
        setAt((former) => {
          const shown = next?.key === dismissed ? null : next
          return former?.key === shown?.key && former?.url === shown?.url && former?.words === shown?.words
            ? former
            : shown
        })
      }),
      editor.registerCommand(
        KEY_ESCAPE_COMMAND,
        () => {
          const link = $linkAtCaret()
          if (!link || link.key === dismissed) return false
          dismissed = link.key
          setAt(null)
          return true
        },
        COMMAND_PRIORITY_HIGH,
      ),
    )
  }, [editor])

  useEffect(() => {
    if (editing === null) return
    setAt(editor.getEditorState().read(() => $linkOf(editing)))
    setEditing(true)
  }, [editor, editing])

  const done = () => {
    setEditing(false)
    setAt(null)
    onEdited()
    const root = editor.getRootElement()
    if (root) focusText(root)
  }
  const remove = (key: NodeKey) => {
    change(editor, key, $unlink)
    done()
  }
  if (!at || !editor.isEditable()) return null
  const { key, url } = at
  return (
    <Floating rect={() => rectOf(editor, key)} anchorKey={`${key}:${isEditing}`}>
      {isEditing ? (
        <LinkForm
          key={key}
          link={at}
          onKeep={(url, words) => {
            change(editor, key, (link) => $changeLink(link, url, words))
            done()
          }}
          onRemove={() => remove(key)}
          onCancel={done}
        />
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a group of buttons beside a text, no fieldset of a form
        <div
          className="menu link-popover"
          role="group"
          aria-label={WORDS.link}
          onMouseDown={(event) => event.preventDefault()}
        >
          <span className="clip link-popover-address">{url}</span>
          <IconButton
            icon={SquareArrowOutUpRight}
            label={WORDS.open}
            keys={isMac() ? '⌘↩' : 'Ctrl+↩'}
            onClick={() => onOpen(url)}
          />
          <IconButton
            icon={PencilLine}
            label={WORDS.edit}
            keys={isMac() ? '⌘K' : 'Ctrl+K'}
            onClick={() => setEditing(true)}
          />
          <IconButton icon={Link2Off} label={WORDS.unlink} onClick={() => remove(key)} />
        </div>
      )}
    </Floating>
  )
}

type LinkFormProps = {
  link: LinkAt
  onKeep: (url: string, words: string) => void
  onRemove: () => void
  onCancel: () => void
}

function LinkForm({ link, onKeep, onRemove, onCancel }: LinkFormProps) {
  const [words, setWords] = useState(link.words)
  const [address, setAddress] = useState(link.url)
  const [problem, setProblem] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    form.current?.querySelectorAll('input')[1]?.select()
    const onPointer = ({ target }: PointerEvent) => {
      if (target instanceof Node && !form.current?.contains(target)) cancel.current()
    }
    document.addEventListener('pointerdown', onPointer)
    return () => document.removeEventListener('pointerdown', onPointer)
  }, [])
  const cancel = useRef(onCancel)
  cancel.current = onCancel
  const keep = (event: FormEvent) => {
    event.preventDefault()
    const checked = checkAddress(address)
    if ('problem' in checked) {
      setProblem(checked.problem)
      form.current?.querySelectorAll('input')[1]?.focus()
    } else onKeep(checked.url, words.trim() === '' ? checked.url : words)
  }
  return (
    <form
      ref={form}
      className="menu link-form"
      aria-label={WORDS.link}
      onSubmit={keep}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onCancel()
      }}
    >
      <Field label={WORDS.linkWords} isAuthored value={words} onChange={({ target }) => setWords(target.value)} />
      <Field
        label={WORDS.address}
        value={address}
        error={problem}
        onChange={({ target }) => {
          setAddress(target.value)
          setProblem(null)
        }}
      />
      <div className="link-form-buttons">
        <Button look="primary" type="submit">
          {WORDS.keep}
        </Button>
        <Button look="ghost" onClick={onCancel}>
          {WORDS.cancel}
        </Button>
        <Button look="ghost" onClick={onRemove}>
          {WORDS.unlink}
        </Button>
      </div>
    </form>
  )
}

function change(editor: LexicalEditor, key: NodeKey, edit: (link: Parameters<typeof $unlink>[0]) => void): void {
  editor.update(
    () => {
      const link = $getNodeByKey(key)
      if ($isLinkNode(link)) edit(link)
    },
    { tag: AS_ACT },
  )
}

function $linkOf(key: NodeKey): LinkAt | null {
  const link = $getNodeByKey(key)
  return $isLinkNode(link) ? { key, url: link.getURL(), words: link.getTextContent() } : null
}

function $linkAtCaret(): LinkAt | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
  const node = selection.anchor.getNode()
  const link = [node, ...node.getParents()].find($isLinkNode)
  return link ? $linkOf(link.getKey()) : null
}

function rectOf(editor: LexicalEditor, key: NodeKey): DOMRect | null {
  const dom = editor.getElementByKey(key)
  return dom && ([...dom.getClientRects()].at(-1) ?? dom.getBoundingClientRect())
}
