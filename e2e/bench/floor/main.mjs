// A window with nothing in it, of the size of the app's.
import { app, BrowserWindow } from 'electron'

await app.whenReady()
await new BrowserWindow({ width: 1440, height: 900 }).loadURL('about:blank')
