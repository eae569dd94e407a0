import type { LexicalEditor, NodeKey } from 'lexical'
import { CircleHelp, Link2Off, PencilLine, Route, SquareArrowOutUpRight, TextCursorInput } from 'lucide-react'
import { useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { linkKey, parseWikilink } from '../../../../core/link/wikilink.ts'
import type { IndexClient } from '../../../platform/clients.ts'
import { useIndex } from '../../../platform/use-live.ts'
import { isMac } from '../../../state/session.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { KindGlyph } from '../../../ui/KindGlyph.tsx'
import { attempt, createNote, openNote } from '../../note-actions/index.ts'
import type { Choice as FoundNote } from '../follow.ts'
import { WORDS as NOTE_WORDS } from '../words.ts'
import { type Choice, ChoiceMenu } from './ChoiceMenu.tsx'
import { folderOf, pathName, placeName, type TitleHit } from './link-choices.ts'
import { WhichMenu } from './WhichMenu.tsx'
import { retarget, unlinkWikilink } from './wikilink-edits.ts'
import { WORDS } from './words.ts'

/** What a link asks its reader. `key` is its node, null where it stands in no text that can be edited. */
export type Asked = {
  readonly is: 'which' | 'unwritten' | 'edit'
  /** What stands between the brackets. */
  readonly target: string
  readonly key: NodeKey | null
  readonly choices: readonly FoundNote[]
  readonly rect: () => DOMRect | null
}

type AskedMenuProps = {
  editor: LexicalEditor | null
  noteId: NoteId
  asked: Asked
  onOpen?: () => void
  /** Opens the link to be completed anew; absent where that is not possible. */
  onReopen?: (key: NodeKey, asks: 'target' | 'words') => void
  onClose: () => void
}

/** Several notes of one name, a note that is not written, or a link to be changed: what can be done, under it. */
export function AskedMenu({ editor, noteId, asked, onOpen, onReopen, onClose }: AskedMenuProps) {
  const { is, key, choices, rect } = asked
  const canWrite = editor !== null && key !== null && editor.isEditable()
  if (is === 'which') {
    return (
      <WhichMenu
        rect={rect}
        choices={choices}
        onClose={onClose}
        onChoose={(choice) => {
          // by its path it is that note from now on, wherever this one goes
          if (canWrite) retarget(editor, key, pathName(choice), choice.id)
          onClose()
          openNote(choice.id)
        }}
      />
    )
  }
  return (
    <LinkChoices
      {...{ asked, noteId, onClose }}
      editor={canWrite ? editor : null}
      {...(onOpen ? { onOpen } : {})}
      {...(onReopen ? { onReopen } : {})}
    />
  )
}

/** Names that are spelled nearly so; else those with its longest word. */
async function nearTitles(index: IndexClient, name: string): Promise<TitleHit[]> {
  const near = await index.call('titles', { query: name, limit: 3 })
  const longest = name.split(/[^\p{L}\p{N}]+/u).reduce((a, b) => (b.length > a.length ? b : a), '')
  return near.length > 0 || longest.length < 5 ? near : index.call('titles', { query: longest, limit: 3 })
}

const NAMED = 2
const LISTED = 30

function LinkChoices({ editor, noteId, asked, onOpen, onReopen, onClose }: AskedMenuProps) {
  const { is, target, key, rect } = asked
  const { name } = parseWikilink(target)
  const [isListing, setListing] = useState(false)
  const isEdit = is === 'edit'
  const { data: found } = useIndex(isEdit && name !== '' ? `resolve:${noteId}:${name}` : null, (index) =>
    index.call('resolve', { targets: [name], fromId: noteId }),
  )
  const isUnwritten = !isEdit || (found !== null && name !== '' && found[0]?.found.length === 0)
  const { data: waiting } = useIndex(isUnwritten ? `waiting:${name}` : null, (index) =>
    index.call('waiting', { names: [[name]], limit: LISTED }),
  )
  const { data: near } = useIndex(isUnwritten ? `titles:near:${name}` : null, (index) => nearTitles(index, name))
  const items = waiting?.[0]?.items ?? []
  const choices: Choice[] = []
  const closing = (act: () => void) => () => {
    onClose()
    act()
  }
  if (isUnwritten && isListing) {
    return (
      <ChoiceMenu
        key="waiting"
        rect={rect}
        label={WORDS.waitingFor(name)}
        heading={WORDS.waitingFor(name)}
        choices={items.map(({ id, title, kind, path }) => ({
          key: id,
          icon: <KindGlyph kind={kind} label={NOTE_WORDS.kind[kind]} />,
          text: title,
          isAuthored: true,
          small: folderOf({ path }),
          onChoose: closing(() => openNote(id)),
        }))}
        onClose={onClose}
      />
    )
  }
  if (isUnwritten) {
    choices.push({
      key: 'write',
      icon: <Icon of={PencilLine} size={14} />,
      text: WORDS.writeNow,
      small: isMac() ? '⌘↩' : 'Ctrl+↩',
      onChoose: closing(() => attempt(() => createNote({ kind: 'note', title: name }))),
    })
    const notes = waiting?.[0]?.notes ?? 0
    if (notes > 0) {
      const titles = items.slice(0, NAMED).map(({ title }) => title)
      choices.push({
        key: 'waiting',
        icon: <KindGlyph kind="unresolved" />,
        text: WORDS.wait(notes),
        sub: WORDS.others(titles, notes - titles.length),
        onChoose: () => setListing(true),
      })
    }
    for (const hit of near?.filter(({ title }) => linkKey(title) !== linkKey(name)).slice(0, 1) ?? []) {
      choices.push({
        key: 'near',
        icon: <Icon of={CircleHelp} size={14} />,
        text: WORDS.didYouMean(hit.title),
        sub: WORDS.inFolder(folderOf(hit)),
        onChoose: closing(() => {
          if (editor && key !== null) retarget(editor, key, placeName(hit, near ?? []), hit.id)
          else openNote(hit.id)
        }),
      })
    }
  } else if (onOpen) {
    choices.push({
      key: 'open',
      icon: <Icon of={SquareArrowOutUpRight} size={14} />,
      text: WORDS.open,
      small: isMac() ? '⌘↩' : 'Ctrl+↩',
      onChoose: closing(onOpen),
    })
  }
  if (isEdit && editor && key !== null) {
    if (onReopen) {
      choices.push(
        {
          key: 'target',
          icon: <Icon of={Route} size={14} />,
          text: WORDS.elsewhere,
          isApart: true,
          onChoose: closing(() => onReopen(key, 'target')),
        },
        {
          key: 'words',
          icon: <Icon of={TextCursorInput} size={14} />,
          text: WORDS.otherWords,
          onChoose: closing(() => onReopen(key, 'words')),
        },
      )
    }
    choices.push({
      key: 'unlink',
      icon: <Icon of={Link2Off} size={14} />,
      text: WORDS.unlink,
      onChoose: closing(() => unlinkWikilink(editor, key)),
    })
  }
  // its rows come at once or not at all: what is first would move under the finger
  if (isEdit && found === null && name !== '') return null
  return (
    <ChoiceMenu rect={rect} label={isUnwritten ? WORDS.notWritten : WORDS.link} choices={choices} onClose={onClose} />
  )
}
