import { showOverlay, useOverlay } from '../state/overlay.ts'

/** A folder that is dropped on the window is offered for import; files are for the note under them. Returns a disposer. */
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
    if (!file || !item?.webkitGetAsEntry()?.isDirectory || useOverlay.getState().overlay) return
    event.stopPropagation()
    const folder = window.throughline.pathForFile(file)
    if (folder !== '') showOverlay({ is: 'import', into: 'new', folder })
  }
  // Dropping is heard first here, so that no editor takes a folder for a file.
  window.addEventListener('dragover', onDragOver)
  window.addEventListener('drop', onDrop, { capture: true })
  return () => {
    window.removeEventListener('dragover', onDragOver)
    window.removeEventListener('drop', onDrop, { capture: true })
  }
}
