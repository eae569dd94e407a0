import {
  $getNodeByKey,
  $getSelection,
  $isRangeSelection,
  $isTextNode,
  CLICK_COMMAND,
  COMMAND_PRIORITY_CRITICAL,
  KEY_ENTER_COMMAND,
  type LexicalEditor,
  mergeRegister,
  type NodeKey,
} from 'lexical'
import { useCallback, useEffect, useRef, useState } from 'react'
import { $markBlock, newBlockId } from '../../../../editor/extensions/block-ids.ts'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import {
  $acceptCompletion,
  type Completion,
  type CompletionControl,
  registerCompletion,
  registerTyping,
  type Typed,
} from '../../../../editor/extensions/completion.ts'
import { textRange } from '../../../../editor/extensions/highlights.ts'
import { type RelationChips, registerRelationChips } from '../../../../editor/extensions/relation-chips.ts'
import { $acceptTag, $tagAtCaret } from '../../../../editor/extensions/tag-completion.ts'
import { registerTagMarks, tagAtPoint, tagInText } from '../../../../editor/extensions/tag-marks.ts'
import { $acceptVerb, $verbAtCaret, type VerbTyped } from '../../../../editor/extensions/verb-completion.ts'
import type { FollowOptions, FollowTarget } from '../../../../editor/extensions/wikilinks.ts'
import { $relationsOf, type OwnWords, type Relation } from '../../../../editor/relations.ts'
import { vaultClient } from '../../../platform/clients.ts'
import type { NoteDetails } from '../../../platform/notes.ts'
import { useVaultList } from '../../../platform/use-live.ts'
import { openPlace } from '../../../state/tabs.ts'
import { attempt } from '../../note-actions/index.ts'
import { type Asked, AskedMenu } from './AskedMenu.tsx'
import { LinkMenu } from './LinkMenu.tsx'
import { LinkPopover } from './LinkPopover.tsx'
import type { LinkChoice } from './link-choices.ts'
import { $abandonLink, $acceptAddress, registerLinkSelection } from './link-selection.ts'
import type { PlaceChoice } from './PlaceMenu.tsx'
import { RelationMenu } from './RelationMenu.tsx'
import { TagMenu } from './TagMenu.tsx'
import { VerbMenu } from './VerbMenu.tsx'
import { $restore, $wikilink, type Reopened, reopen } from './wikilink-edits.ts'
import { registerWritten } from './written-notes.ts'
import './links.css'

type LinksProps = {
  editor: LexicalEditor
  note: NoteDetails
  onFollow: (target: FollowTarget, options: FollowOptions) => void
}

const NONE: OwnWords = {}

/** Everything that helps with links, relations and tags in a text: what is typed, clicked, or asked for by a key. */
export function Links({ editor, note, onFollow }: LinksProps) {
  const [link, setLink] = useState<Completion | null>(null)
  const [verb, setVerb] = useState<VerbTyped | null>(null)
  const [tag, setTag] = useState<Typed | null>(null)
  const [words, setWords] = useState<string | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [editing, setEditing] = useState<NodeKey | null>(null)
  const [relation, setRelation] = useState<Relation | null>(null)
  const reopened = useRef<Reopened | null>(null)
  const controls = useRef<{ link: CompletionControl; verb: CompletionControl; tag: CompletionControl } | null>(null)
  const chips = useRef<RelationChips | null>(null)
  const { data: known } = useVaultList('relation-words', (vault) => vault.call('relationWords', {}))
  const own = known?.read ?? NONE
  const latest = useRef({ own, onFollow })
  latest.current = { own, onFollow }

  useEffect(() => {
    const link = registerCompletion(editor, (completion) => {
      setLink(completion)
      if (completion) return
      setWords(null)
      reopened.current = null
    })
    const verb = registerTyping(editor, $verbAtCaret, setVerb)
    const tag = registerTyping(editor, $tagAtCaret, setTag)
    controls.current = { link, verb, tag }
    const shown = registerRelationChips(editor, () => latest.current.own)
    chips.current = shown
    const ask = (key: NodeKey) => {
      const target = editor.getEditorState().read(() => $wikilink(key)?.getTarget())
      if (target === undefined) return
      const rect = () => editor.getElementByKey(key)?.getClientRects()[0] ?? null
      setAsked({ is: 'edit', target, key, choices: [], rect })
    }
    const dispose = mergeRegister(
      link.dispose,
      verb.dispose,
      tag.dispose,
      shown.dispose,
      registerTagMarks(editor),
      registerLinkSelection(editor, { onBegin: setWords, onWikilink: ask, onLink: setEditing }),
      editor.registerCommand(
        CLICK_COMMAND,
        (event) => {
          if (event.button !== 0 || event.shiftKey || event.altKey) return false
          const { clientX: x, clientY: y } = event
          const isMod = event.ctrlKey || event.metaKey
          const found = isMod ? tagAtPoint(editor.getRootElement(), x, y) : null
          const at = !isMod && editor.isEditable() ? shown.at(event) : null
          if (found !== null) searchTag(found)
          else if (at) setRelation(at)
          else return false
          event.preventDefault()
          return true
        },
        COMMAND_PRIORITY_CRITICAL,
      ),
      editor.registerCommand(
        KEY_ENTER_COMMAND,
        (event) => {
          if (!event || !(event.ctrlKey || event.metaKey)) return false
          const at = $relationAtCaret(latest.current.own)
          const found = at ? null : $tagOnPage()
          if (at && editor.isEditable()) setRelation(at)
          else if (found !== null) searchTag(found)
          else return false
          event.preventDefault()
          return true
        },
        COMMAND_PRIORITY_CRITICAL,
      ),
      // the caret stays where it is: a verb with the caret in it would turn into its source under the pointer
      editor.registerRootListener((root, former) => {
        const hold = (event: MouseEvent) => {
          if (event.button !== 0 || event.shiftKey || event.ctrlKey || event.metaKey) return
          const isLink = event.target instanceof Element && event.target.closest('.wikilink[data-relation]') !== null
          if (isLink || shown.at(event)) event.preventDefault()
        }
        root?.addEventListener('mousedown', hold)
        return () => (root ?? former)?.removeEventListener('mousedown', hold)
      }),
    )
    return () => {
      controls.current = null
      chips.current = null
      dispose()
      setLink(null)
      setVerb(null)
      setTag(null)
    }
  }, [editor])

  useEffect(() => registerWritten(note.id, editor), [note.id, editor])

  // biome-ignore lint/correctness/useExhaustiveDependencies: other words of the vault make other chips
  useEffect(() => chips.current?.refresh(), [JSON.stringify(own)])

  const closeAsked = useCallback(() => setAsked(null), [])
  const closeRelation = useCallback(() => setRelation(null), [])

  const put = (target: string, id: string) => {
    if (!link) return
    reopened.current = null
    editor.update(() => $acceptCompletion(link, target, id), { onUpdate: () => editor.focus() })
  }
  const choosePlace = ({ note: other, passage, own, anchor, shown }: PlaceChoice) => {
    const given = anchor ?? `^${newBlockId()}`
    put(`${other?.name ?? ''}#${given}${shown ? `|${shown}` : ''}`, other?.id ?? '')
    if (anchor !== null) return
    const blockId = given.slice(1)
    if (own) {
      editor.update(() => {
        const block = $getNodeByKey(own.key)
        if (block) $markBlock(block, blockId)
      })
    }
    if (other && !own) {
      const { is, text, block, item } = passage
      attempt(() => vaultClient().call('markPassage', { id: other.id, is, text, block, item, blockId }))
    }
  }
  const choose = (choice: LinkChoice | PlaceChoice) => {
    if (!link) return
    if (choice.is === 'address') editor.update(() => $acceptAddress(link, choice.url, words))
    else if (choice.is === 'note') put(choice.target, choice.hit.id)
    else if (choice.is === 'place') choosePlace(choice)
    else {
      // the link first: what is typed next must not land in the brackets
      put(choice.target, '')
      attempt(() => vaultClient().call('createNote', { title: choice.title, kind: 'note' }))
    }
  }
  const dismiss = () => {
    const before = reopened.current
    if (link && before) editor.update(() => $restore(link, before))
    else if (link && words !== null) editor.update(() => $abandonLink(link, words))
    else if (link?.query === '') editor.update(() => $closeBrackets(link))
    reopened.current = null
    controls.current?.link.dismiss()
  }
  const reopenLink = (key: NodeKey, asks: 'target' | 'words') => {
    const before = reopen(editor, key, asks)
    editor.focus()
    reopened.current = before
  }

  return (
    <>
      {link && (
        <LinkMenu
          editor={editor}
          noteId={note.id}
          completion={link}
          words={words}
          onChoose={choose}
          onClose={dismiss}
        />
      )}
      {verb && (
        <VerbMenu
          editor={editor}
          typed={verb}
          kind={note.kind}
          own={own}
          onChoose={(word) => editor.update(() => $acceptVerb(verb, word))}
          onClose={() => controls.current?.verb.dismiss()}
        />
      )}
      {tag && (
        <TagMenu
          editor={editor}
          typed={tag}
          onChoose={(name) => editor.update(() => $acceptTag(tag, name))}
          onClose={() => controls.current?.tag.dismiss()}
        />
      )}
      {relation && (
        <RelationMenu
          rect={() => rectOfVerb(editor, relation)}
          relation={relation}
          kind={note.kind}
          own={own}
          onChoose={(word) => {
            editor.update(() => $writeVerb(relation, word), { tag: AS_ACT })
            setRelation(null)
          }}
          onClose={closeRelation}
        />
      )}
      {asked && (
        <AskedMenu
          editor={editor}
          noteId={note.id}
          asked={asked}
          onOpen={() => {
            const node = asked.key && editor.getEditorState().read(() => $wikilinkTarget(asked.key ?? ''))
            if (node) onFollow(node, { newTab: false })
          }}
          onReopen={reopenLink}
          onClose={closeAsked}
        />
      )}
      <LinkPopover
        editor={editor}
        editing={editing}
        onEdited={() => setEditing(null)}
        onOpen={(url) => onFollow({ type: 'url', url }, { newTab: false })}
      />
    </>
  )
}

const searchTag = (tag: string): void => openPlace({ at: 'search', query: `#${tag}` })

function $wikilinkTarget(key: NodeKey): FollowTarget | null {
  const node = $wikilink(key)
  return node && { type: 'wikilink', target: node.getTarget(), targetId: node.getTargetId(), key }
}

/** The relation in whose verb the caret stands. */
function $relationAtCaret(own: OwnWords): Relation | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null
  const { key, offset } = selection.anchor
  const block = $getNodeByKey(key)?.getParent()
  const relations = block ? $relationsOf(block, own) : []
  return relations.find((each) => each.key === key && offset >= each.opening && offset <= each.end + 2) ?? null
}

/** The tag at the browser's caret, which stands where Lexical's does. */
function $tagOnPage(): string | null {
  const selection = getSelection()
  const node = selection?.isCollapsed ? selection.anchorNode : null
  return node ? tagInText(node, selection?.anchorOffset ?? 0) : null
}

function $writeVerb({ key, start, end, word }: Relation, next: string): void {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node) || node.getTextContent().slice(start, end) !== word) return
  const selection = $getSelection()
  node.spliceText(start, end - start, next)
  // a caret in the verb would keep its source open
  if ($isRangeSelection(selection) && selection.anchor.key === key) node.getNextSibling()?.selectEnd()
}

/** A verb that was completed opens a link of its own accord: brackets that nobody typed go again. */
function $closeBrackets({ key, start, end }: Completion): void {
  const node = $getNodeByKey(key)
  if (!$isTextNode(node) || !/::\s*$/.test(node.getTextContent().slice(0, start))) return
  node.spliceText(start, end - start, '')
  node.select(start, start)
}

function rectOfVerb(editor: LexicalEditor, { key, start, end, isWhole }: Relation): DOMRect | null {
  const element = editor.getElementByKey(key)
  // shown without its own height: the link beside it has that of the chip
  const link = isWhole ? element?.nextElementSibling?.getClientRects()[0] : null
  if (link && element) return new DOMRect(element.getBoundingClientRect().left, link.top, 1, link.height)
  return textRange(element, start, end)?.getClientRects()[0] ?? null
}
