import { appClient } from '../../platform/clients.ts'
import { showNotice } from '../../state/notices.ts'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

/** Larger files come in with their folder: here each is held whole in memory, twice. */
const MOST_BYTES = 200 * 1024 * 1024

/** Keeps files with the vault. Answers the links that stand for them, in the files' order; what failed is said. */
export async function keepFiles(files: readonly File[]): Promise<string> {
  const links: string[] = []
  for (const file of files) {
    try {
      if (file.size > MOST_BYTES) {
        showNotice({ key: `file:${file.name}`, level: 'warning', text: WORDS.fileTooLarge(file.name) })
        continue
      }
      const bytes = new Uint8Array(await file.arrayBuffer())
      const kept = await appClient().call('addAttachment', { name: nameOf(file), bytes })
      links.push(`![[${kept.path}]]`)
    } catch (error) {
      showNotice({ key: `file:${file.name}`, level: 'warning', text: say(error) })
    }
  }
  return links.join('\n')
}

/** A picture from the clipboard is called "image.png" by every browser: its time tells it apart. */
function nameOf(file: File): string {
  if (file.name !== '' && file.name !== 'image.png') return file.name
  const time = new Date().toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.')
  const ending = file.type.split('/')[1]?.replace('jpeg', 'jpg') ?? 'png'
  return `Pasted ${time}.${ending}`
}
