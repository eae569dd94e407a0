import { CodeExtension } from '@lexical/code-core'
import { buildEditorFromExtensions, ClickAfterLastBlockExtension, HorizontalRuleExtension } from '@lexical/extension'
import { CheckListExtension, ListExtension } from '@lexical/list'
import { RichTextExtension } from '@lexical/rich-text'
import { TableExtension } from '@lexical/table'
import {
  $isParagraphNode,
  configExtension,
  defineExtension,
  type LexicalEditorWithDispose,
  mergeRegister,
} from 'lexical'
import { registerCaretInTime } from './extensions/caret-in-time.ts'
import { type ClipboardOptions, registerClipboard } from './extensions/clipboard.ts'
import { registerCodeRoles } from './extensions/code-roles.ts'
import { registerContainers } from './extensions/containers.ts'
import { keepDrawingLast } from './extensions/drawings.ts'
import { registerDrawnEdges } from './extensions/drawn-edges.ts'
import { registerInlineFootnotes } from './extensions/inline-footnotes.ts'
import { registerKeys } from './extensions/keys.ts'
import { registerLeaveSource } from './extensions/leave-source.ts'
import { registerLinkAddresses } from './extensions/link-address.ts'
import { registerListBlocks } from './extensions/list-blocks.ts'
import { registerListRoles } from './extensions/list-roles.ts'
import { registerMarkdownTyping } from './extensions/markdown-typing.ts'
import { registerNormalForms } from './extensions/normal-forms.ts'
import { registerSourceKeys } from './extensions/source-keys.ts'
import { registerSpelling } from './extensions/spelling.ts'
import { registerTabText } from './extensions/tab-text.ts'
import { registerTableKeys } from './extensions/table-keys.ts'
import { registerTableLooks } from './extensions/table-looks.ts'
import { registerTables } from './extensions/tables.ts'
import { registerWikilinks, type WikilinkOptions } from './extensions/wikilinks.ts'
import { NOTE_NODES } from './note-nodes.ts'
import { noteTheme } from './theme.ts'

export type NoteEditorOptions = ClipboardOptions &
  WikilinkOptions & {
    /** A bug in a listener or command; Lexical has taken its update back. Must not log the error's text. */
    readonly onError: (error: Error) => void
  }

/**
 * An editor for one note, empty and not editable until a session binds it to its doc. Everything that it can do
 * is put together here; `dispose` takes all of it away.
 */
export function createNoteEditor(options: NoteEditorOptions): LexicalEditorWithDispose {
  const editor = buildEditorFromExtensions(
    defineExtension({
      name: 'throughline/note',
      namespace: 'throughline',
      nodes: [...NOTE_NODES],
      theme: noteTheme,
      onError: options.onError,
      // by hand: the builder of 0.52 does not pass an extension's own `dom` on
      init: (config) => {
        config.dom = { ...config.dom, $getDOMSlot: keepDrawingLast }
      },
      // the doc is what a note starts with; an empty paragraph of the editor's own would be written into it
      $initialEditorState: null,
      dependencies: [
        configExtension(RichTextExtension, {
          // not by a click: the caret that stood behind code would hold on to its place, and the click be lost
          escapeFormatTriggers: { code: { arrow: true, enter: true, onlyAtBoundary: true } },
        }),
        // Markdown has no list whose first item stands deeper than the list
        configExtension(ListExtension, { hasStrictIndent: true }),
        CheckListExtension,
        CodeExtension,
        HorizontalRuleExtension,
        // Tab is extensions/keys.ts's, other keys extensions/table-keys.ts's; spans and colours are nothing that Markdown could say
        configExtension(TableExtension, { hasTabHandler: false, hasCellMerge: false, hasCellBackgroundColor: false }),
        configExtension(ClickAfterLastBlockExtension, {
          // below words the caret goes to their end, as in any text; below the rest a line begins
          $shouldInsertAfter: (node) => !$isParagraphNode(node),
        }),
      ],
      register: (built) =>
        mergeRegister(
          registerCodeRoles(built),
          registerNormalForms(built),
          registerTableKeys(built),
          registerMarkdownTyping(built),
          registerInlineFootnotes(built),
          registerContainers(built),
          registerTableLooks(built),
          registerTables(built),
          registerKeys(built),
          registerCaretInTime(built),
          registerDrawnEdges(built),
          registerSourceKeys(built),
          registerTabText(built),
          registerLeaveSource(built),
          registerLinkAddresses(built),
          registerListBlocks(built),
          registerListRoles(built),
          registerSpelling(built),
          registerWikilinks(built, options),
          registerClipboard(built, options),
        ),
    }),
  )
  editor.setEditable(false)
  return editor
}
