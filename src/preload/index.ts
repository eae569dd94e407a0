import { contextBridge, ipcRenderer, webUtils } from 'electron'

// All that a page gets of Electron. Ports cannot cross the context bridge, so they arrive as a window
// message; the page checks that its source is its own window.
contextBridge.exposeInMainWorld('throughline', {
  requestPort: (kind: unknown) => ipcRenderer.send('throughline:request-port', String(kind)),
  pathForFile: (file: File) => {
    const path = webUtils.getPathForFile(file)
    // Main reads a folder only where the person has shown it: by a dialog or, as here, by dropping it.
    if (path !== '') ipcRenderer.send('throughline:dropped', path)
    return path
  },
})

ipcRenderer.on('throughline:port', (event, kind: string) => {
  window.postMessage({ throughlinePort: kind }, location.origin, [...event.ports])
})
