// A window with nothing in it, of the size of the app's.
import { app, BrowserWindow } from 'electron'

// Not awaited: Electron is ready only after this module has been read.
void app.whenReady().then(() => new BrowserWindow({ width: 1440, height: 900 }).loadURL('about:blank'))
