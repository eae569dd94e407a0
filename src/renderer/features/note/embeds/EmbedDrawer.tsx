import { $getNodeByKey } from 'lexical'
import { parseWikilink } from '../../../../core/link/wikilink.ts'
import { $isWikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'
import { readWikilinkText } from '../../../../editor/nodes/wikilink-text.ts'
import { useIndex } from '../../../platform/use-live.ts'
import type { DrawerProps } from '../drawings/drawer.ts'
import { PictureInText } from '../pictures/PictureInText.tsx'
import { isFileName, isKnownFile } from '../pictures/picture-source.ts'
import { useAttachment } from '../pictures/use-attachment.ts'
import { Quiet } from '../reading/Quiet.tsx'
import { useStandsAlone } from './alone.ts'
import { EmbedView } from './EmbedView.tsx'

/** `![[…]]`: a note on a line of its own is shown as a block, one in a sentence as the link that it is. */
export function EmbedDrawer(props: DrawerProps) {
  const { editor, noteId, drawing } = props
  const target = readWikilinkText(drawing.source)?.target ?? ''
  const { name } = parseWikilink(target)
  const isAlone = useStandsAlone(editor, drawing.key)
  // a title may end like a file: which of the two it is, the vault knows
  const mayBeFile = isFileName(name)
  const file = useAttachment(noteId, mayBeFile ? name : null)
  const { data: notes } = useIndex(
    mayBeFile && file.data === null && file.isKnown ? `resolve:${noteId}:${name}` : null,
    (index) => index.call('resolve', { targets: [name], fromId: noteId }),
  )
  if (mayBeFile && !file.isKnown) return null
  if (mayBeFile && (file.data || (isKnownFile(name) && (notes?.[0]?.found.length ?? 0) === 0))) {
    return <PictureInText {...props} isAlone={isAlone} />
  }
  if (!isAlone) return null
  const id = editor.getEditorState().read(() => {
    const node = $getNodeByKey(drawing.key)
    return $isWikilinkNode(node) ? node.getTargetId() : ''
  })
  return (
    <Quiet isBlock>
      <EmbedView from={noteId} target={target} targetId={id} />
    </Quiet>
  )
}
