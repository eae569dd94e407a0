import { $getRoot, $getSelection, type LexicalEditor } from 'lexical'
import type { NoteId } from '../../../../core/base/ids.ts'
import { printBlocks } from '../../../../core/markdown/print.ts'
import type { Tree } from '../../../../core/markdown/tree.ts'
import { footnoteLabels, movedPassage, passageTitle, relativePaths } from '../../../../core/note/moved-passage.ts'
import { KIND_FOLDER, type Kind } from '../../../../core/note/note.ts'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import { $footnotes, $readPassage, type TakenPassage } from '../../../../editor/take-passage.ts'
import { CallError } from '../../../../ipc/rpc.ts'
import { indexClient, vaultClient } from '../../../platform/clients.ts'
import { showToast } from '../../../state/notices.ts'
import { showOverlay } from '../../../state/overlay.ts'
import { attempt } from '../../note-actions/index.ts'
import { folderOf } from './link-choices.ts'
import { verbBetween } from './verbs.ts'
import { WORDS } from './words.ts'

const PROBLEMS = {
  nothing: WORDS.nothingToMove,
  source: WORDS.notInSource,
  cells: WORDS.notCells,
} as const

/** Whether something is selected. Asked whenever the commands are shown, so the passage itself is not read. */
export const canMakeNote = (editor: LexicalEditor): boolean =>
  editor.isEditable() &&
  editor.getEditorState().read(() => {
    const selection = $getSelection()
    return selection !== null && !selection.isCollapsed()
  })

/**
 * The selection becomes a note of that kind, and a relation or a link to it stays in its place. The new note is kept
 * before anything is taken away, so that no word is ever in neither. What goes wrong is said in the strip.
 */
export function makeNoteFromSelection(editor: LexicalEditor, noteId: NoteId, kind: Kind): void {
  attempt(() => make(editor, noteId, kind))
}

async function make(editor: LexicalEditor, noteId: NoteId, kind: Kind): Promise<void> {
  if (!editor.isEditable()) return
  const passage = editor.getEditorState().read(() => $readPassage(editor))
  if (typeof passage === 'string') throw new CallError('no-passage', PROBLEMS[passage])
  const vault = vaultClient()
  const from = await vault.call('note', { id: noteId })
  const tree = await movedTree(editor, passage, from, kind)
  const title = await freeTitle(passageTitle(passage.tree) || `${from.title}, a passage`)
  const { linkIds } = passage
  const made = await vault.call('createNote', {
    title,
    kind,
    markdown: printBlocks(tree),
    linkIds: { ...linkIds, ...linksBack(tree, from) } as Record<string, NoteId>,
  })
  const verb = verbBetween(from.kind, kind)
  let isTaken = false
  editor.update(
    () => {
      isTaken = editor.isEditable() && passage.$take({ target: title, id: made.id, verb })
    },
    { tag: AS_ACT, discrete: true },
  )
  if (!isTaken) {
    await vault.call('trashNote', { id: made.id })
    throw new CallError('changed', WORDS.changedMeanwhile)
  }
  editor.focus()
  showToast(WORDS.madeNote(title, kind), null, {
    label: WORDS.rename,
    run: () => showOverlay({ is: 'rename-note', id: made.id, title }),
  })
}

type From = { readonly id: NoteId; readonly title: string; readonly path: string }

/** The passage as it stands in the new note, with the footnotes that it refers to below it. */
async function movedTree(editor: LexicalEditor, passage: TakenPassage, from: From, kind: Kind): Promise<Tree> {
  const labels = footnoteLabels(passage.tree)
  const held = passage.tree.flatMap((block) => (block.type === 'footnote' ? [block.label] : []))
  const missing = labels.filter((label) => !held.includes(label))
  const notes = editor.getEditorState().read(() => $footnotes(missing, $getRoot().getChildren()))
  const tree = [...passage.tree, ...notes]
  return movedPassage(tree, { from: from.title, paths: await newPaths(tree, from, kind) })
}

/** Paths that led somewhere from the folder of the old note, as they lead there from that of the new one. */
async function newPaths(tree: Tree, from: From, kind: Kind): Promise<Map<string, string>> {
  const paths = new Map<string, string>()
  // a new note lies in the folder of its kind, at the top of the vault
  if (folderOf(from) === KIND_FOLDER[kind]) return paths
  for (const path of relativePaths(tree)) {
    const [plain = '', part] = decoded(path).split('#')
    const file = await vaultClient().call('resolveAttachment', { noteId: from.id, target: plain })
    const [note] = file ? [] : await indexClient().call('resolve', { targets: [plain], fromId: from.id })
    const found = file?.path ?? note?.found[0]?.path
    if (found === undefined) continue
    paths.set(path, `../${encodeURI(found)}${part === undefined ? '' : `#${encodeURIComponent(part)}`}`)
  }
  return paths
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** Links that led within the old note carry its id now, for its name may be another's too. */
function linksBack(tree: Tree, { id, title }: From): Record<string, NoteId> {
  const ids: Record<string, NoteId> = {}
  for (const match of printBlocks(tree).matchAll(/\[\[([^[\]\n]+)\]\]/g)) {
    if (match[1]?.startsWith(`${title}#`)) ids[match[1]] = id
  }
  return ids
}

const MOST_TRIES = 50

/** A title that no other note has, so that the link to it is not ambiguous. */
async function freeTitle(title: string): Promise<string> {
  const titles = [title, ...Array.from({ length: MOST_TRIES }, (_, at) => `${title} ${at + 2}`)]
  const answers = await indexClient().call('resolve', { targets: titles, fromId: null })
  const taken = new Set(answers.filter(({ found }) => found.length > 0).map(({ target }) => target))
  return titles.find((each) => !taken.has(each)) ?? title
}
