import { showOverlay, useOverlay } from '../state/overlay.ts'
import { useSession } from '../state/session.ts'

/** A folder, a zip or a Markdown file that is dropped on the window is offered for import; other files are for the note under them. Returns a disposer. */
export function acceptFolders(): () => void {
  const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
  const onDragOver = (event: DragEvent) => {
    if (carriesFiles(event)) event.preventDefault()
  }
  const onDrop = (event: DragEvent) => {
    if (!carriesFiles(event)) return
    const [item] = event.dataTransfer?.items ?? []
    const file = item?.getAsFile()
    // Without this the page would be left for the file.
    event.preventDefault()
    const isSource = item?.webkitGetAsEntry()?.isDirectory || /\.(?:zip|md|markdown)$/i.test(file?.name ?? '')
    if (!file || !isSource || useOverlay.getState().overlay) return
    event.stopPropagation()
    const folder = window.throughline.pathForFile(file)
    // A file of Markdown joins the notes that are shown; a folder or a zip is a vault of its own.
    const isNote = /\.(?:md|markdown)$/i.test(file.name) && useSession.getState().vault !== null
    if (folder !== '') showOverlay({ is: 'import', into: isNote ? 'this' : 'new', folder })
  }
  // Dropping is heard first here, so that no editor takes a folder for a file.
  window.addEventListener('dragover', onDragOver)
  window.addEventListener('drop', onDrop, { capture: true })
  return () => {
    window.removeEventListener('dragover', onDragOver)
    window.removeEventListener('drop', onDrop, { capture: true })
  }
}
