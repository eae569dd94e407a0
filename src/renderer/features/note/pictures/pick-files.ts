import { $getSelection, $isRangeSelection, type LexicalEditor } from 'lexical'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import { $insertMarkdown } from '../../../../editor/extensions/clipboard.ts'
import { appClient } from '../../../platform/clients.ts'

/**
 * Asks for files by the system's dialog, keeps them with the vault and puts them at the caret: pictures and PDFs
 * embedded, as pasted ones are. Nothing happens where the dialog is cancelled. Rejects with a CallError in words.
 */
export async function pickFiles(editor: LexicalEditor): Promise<void> {
  const kept = await appClient().call('pickAttachments', {})
  if (!kept || kept.length === 0) return
  const markdown = kept.map(({ path }) => `![[${path}]]`).join('\n')
  editor.focus(() => {
    editor.update(
      () => {
        if ($isRangeSelection($getSelection())) $insertMarkdown(markdown)
      },
      { tag: AS_ACT },
    )
  })
}

/** The same without putting them anywhere: paths as notes name them; none where it was cancelled. */
export const pickPaths = async (): Promise<string[]> =>
  ((await appClient().call('pickAttachments', {})) ?? []).map(({ path }) => path)
