import { COMMAND_PRIORITY_CRITICAL, KEY_DOWN_COMMAND, type LexicalEditor } from 'lexical'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { NoteId } from '../../../../core/base/ids.ts'
import { showNotice } from '../../../state/notices.ts'
import { elementOf, isStill, type LinkUnder, linkAtCaret, linkRead, linkUnder } from './link-under.ts'
import { PreviewCard } from './PreviewCard.tsx'
import { WORDS } from './words.ts'

/** DESIGN 5: rest on a link. */
const REST_MS = 300
/** From the link to what it shows, the pointer crosses words. */
const LEAVE_MS = 160

type Shown = {
  readonly link: LinkUnder
  readonly x: number | null
  readonly y: number | null
  readonly isAsked: boolean
}

/** Opens the preview of the link at the caret, or of the one of an embedded text that has the focus. */
export type OpenPreview = () => void

type PreviewsProps = { editor: LexicalEditor; noteId: NoteId; onOffer: (open: OpenPreview | null) => void }

/** What a link leads to, while one rests on it. The focus stays in the text. */
export function Previews({ editor, noteId, onOffer }: PreviewsProps) {
  const [shown, setShown] = useState<Shown | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const focused = useRef<EventTarget | null>(null)
  const close = useCallback(() => {
    clearTimeout(timer.current)
    setShown(null)
  }, [])
  const isOpen = shown !== null

  useEffect(() => {
    const root = editor.getRootElement()
    if (!root) return
    const later = (run: () => void, ms: number) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(run, ms)
    }
    let over: LinkUnder['at'] | null = null
    const onOver = (event: PointerEvent) => {
      const link = event.pointerType === 'touch' || event.buttons !== 0 ? null : linkUnder(editor, event.target)
      if ((link?.at ?? null) === over) return
      over = link?.at ?? null
      if (!link) {
        later(() => setShown((now) => (now?.isAsked ? now : null)), LEAVE_MS)
        return
      }
      const { clientX: x, clientY: y } = event
      later(() => {
        if (isStill(editor, link)) setShown({ link, x, y, isAsked: false })
      }, REST_MS)
    }
    const onLeave = () => {
      over = null
      later(() => setShown((now) => (now?.isAsked ? now : null)), LEAVE_MS)
    }
    const onDown = () => {
      over = null
      close()
    }
    // a palette takes the focus for as long as it is open
    const onFocus = ({ target }: FocusEvent) => {
      focused.current = target
    }
    root.addEventListener('focusin', onFocus)
    root.addEventListener('pointerover', onOver)
    root.addEventListener('pointerleave', onLeave)
    root.addEventListener('pointerdown', onDown)
    return () => {
      clearTimeout(timer.current)
      root.removeEventListener('focusin', onFocus)
      root.removeEventListener('pointerover', onOver)
      root.removeEventListener('pointerleave', onLeave)
      root.removeEventListener('pointerdown', onDown)
    }
  }, [editor, close])

  useEffect(() => {
    const show = (link: LinkUnder) => setShown({ link, x: null, y: null, isAsked: true })
    onOffer(() => {
      const read = linkRead(focused.current)
      if (read) return show(read)
      editor.focus(() => {
        const link = linkAtCaret(editor)
        if (link) show(link)
        else showNotice({ key: 'preview', level: 'info', text: WORDS.noLink })
      })
    })
    return () => onOffer(null)
  }, [editor, onOffer])

  // Escape closes it, and so does everything that is typed; the key still does what it does.
  useEffect(() => {
    if (!isOpen) return
    const stop = editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        if (['Control', 'Meta', 'Shift', 'Alt'].includes(event.key)) return false
        close()
        if (event.key !== 'Escape') return false
        event.preventDefault()
        event.stopPropagation()
        return true
      },
      COMMAND_PRIORITY_CRITICAL,
    )
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') close()
    }
    // keys of a drawing do not leave it
    const onKeyInDrawing = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !(event.target instanceof Element) || !event.target.closest('.drawing')) return
      event.preventDefault()
      event.stopPropagation()
      close()
    }
    window.addEventListener('keydown', onKeyInDrawing, { capture: true })
    window.addEventListener('keydown', onKey)
    window.addEventListener('blur', close)
    return () => {
      stop()
      window.removeEventListener('keydown', onKeyInDrawing, { capture: true })
      window.removeEventListener('keydown', onKey)
      window.removeEventListener('blur', close)
    }
  }, [editor, isOpen, close])

  if (!shown) return null
  return (
    <PreviewCard
      key={`${typeof shown.link.at === 'string' ? shown.link.at : shown.link.from} ${shown.link.target}`}
      from={shown.link.from ?? noteId}
      link={shown.link}
      rect={() => lineOf(editor, shown)}
      onOver={() => clearTimeout(timer.current)}
      onOut={() => {
        clearTimeout(timer.current)
        timer.current = setTimeout(close, LEAVE_MS)
      }}
    />
  )
}

/** Of a link that is broken over two lines, the part that the pointer is on. */
function lineOf(editor: LexicalEditor, { link, x, y }: Shown): DOMRect | null {
  const dom = elementOf(editor, link)
  if (!dom) return null
  const lines = [...dom.getClientRects()].filter(({ width }) => width > 0)
  const under = lines.find((line) => x !== null && y !== null && y >= line.top - 2 && y <= line.bottom + 2)
  return under ?? lines.at(-1) ?? dom.getBoundingClientRect()
}
