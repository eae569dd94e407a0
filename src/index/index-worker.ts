import { domPort } from '../ipc/port.ts'
import { IndexFile } from './opfs-database.ts'
import { IndexServer } from './serve-index.ts'

const server = new IndexServer(IndexFile.find())

// The host page sends ports as they come, before and after the file is open.
addEventListener('message', (event: MessageEvent<unknown>) => {
  const port = event.ports[0]
  const data = event.data
  if (!port || typeof data !== 'object' || data === null || !('port' in data)) return
  if (data.port === 'index') server.serveReads(domPort(port))
  else if (data.port === 'index-write') server.serveWrites(domPort(port))
})
