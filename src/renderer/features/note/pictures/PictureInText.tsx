import { $getNodeByKey, type LexicalEditor, type NodeKey, SKIP_DOM_SELECTION_TAG } from 'lexical'
import { useRef, useState } from 'react'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import { $isRawNode } from '../../../../editor/nodes/RawNode.ts'
import { $isWikilinkNode } from '../../../../editor/nodes/WikilinkNode.ts'
import { attempt } from '../../note-actions/index.ts'
import type { DrawerProps } from '../drawings/drawer.ts'
import { useStandsAlone } from '../embeds/alone.ts'
import { Quiet } from '../reading/Quiet.tsx'
import { PictureView } from './PictureView.tsx'
import { pickPaths } from './pick-files.ts'
import { readPicture, withWidth } from './picture-source.ts'
import { ResizeHandle } from './ResizeHandle.tsx'
import { WORDS } from './words.ts'

/** `![words](path)`. */
export function PictureDrawer(props: DrawerProps) {
  const isAlone = useStandsAlone(props.editor, props.drawing.key)
  return <PictureInText {...props} isAlone={isAlone} />
}

/** A picture or a file in the place of its source; its width is written into that. */
export function PictureInText({ editor, noteId, drawing, isAlone }: DrawerProps & { isAlone: boolean }) {
  const source = readPicture(drawing.source)
  const [dragged, setDragged] = useState<{ source: string; width: number } | null>(null)
  const frame = useRef<HTMLSpanElement>(null)
  if (!source) return null
  // what was dragged holds until the source says it
  const width = dragged?.source === drawing.source ? dragged.width : null
  const commit = (wanted: number | null) => setSource(editor, drawing.key, withWidth(drawing.source, wanted))
  return (
    <Quiet>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys bring the caret there */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a picture in a text is reached as a letter is */}
      <span
        ref={frame}
        onClick={({ target }) => {
          if (target instanceof HTMLImageElement) selectSource(editor, drawing.key)
        }}
      >
        <PictureView
          from={noteId}
          source={source}
          width={width}
          isAlone={isAlone}
          missing={
            editor.isEditable() && (
              <button
                type="button"
                className="text-button"
                onClick={() =>
                  attempt(async () => {
                    const [path] = await pickPaths()
                    if (path !== undefined) setSource(editor, drawing.key, withPath(drawing.source, path))
                  })
                }
              >
                {WORDS.pickAnother}
              </button>
            )
          }
        >
          {editor.isEditable() && (
            <ResizeHandle
              name={source.path.split('/').at(-1) ?? ''}
              frame={frame}
              onWidth={(next) => setDragged(next === null ? null : { source: drawing.source, width: next })}
              onCommit={commit}
            />
          )}
        </PictureView>
      </span>
    </Quiet>
  )
}

/** The caret behind the picture, where it can be deleted, or its source be read. */
function selectSource(editor: LexicalEditor, key: NodeKey): void {
  editor.update(() => {
    const node = $getNodeByKey(key)
    if ($isWikilinkNode(node) || $isRawNode(node)) node.selectEnd()
  })
  editor.focus()
}

/** The same node with another text, as one step of undo: nobody's words around it are touched. */
function setSource(editor: LexicalEditor, key: NodeKey, text: string): void {
  editor.update(
    () => {
      const node = $getNodeByKey(key)
      if (!($isWikilinkNode(node) || $isRawNode(node)) || node.getTextContent() === text) return
      node.setTextContent(text)
    },
    { tag: [...AS_ACT, SKIP_DOM_SELECTION_TAG] },
  )
}

/** Another file in the same source. */
function withPath(source: string, path: string): string {
  if (source.startsWith('![[')) {
    const bar = source.indexOf('|')
    return `![[${path}${bar < 0 ? ']]' : source.slice(bar)}`
  }
  return `${source.slice(0, source.indexOf(']('))}](<${path}>)`
}
