import { FolderOpen, Footprints } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { appClient } from '../../platform/clients.ts'
import { showOverlay, useOverlay } from '../../state/overlay.ts'
import { Icon } from '../../ui/Icon.tsx'
import { KindGlyph } from '../../ui/KindGlyph.tsx'
import { attempt } from '../note-actions/index.ts'
import { NoticeStrip } from '../notices/index.ts'
import { WORDS } from './words.ts'
import './first-run.css'

/** One question, three doors (PRODUCT, "The first five minutes"). Each ends with a vault, and the window reloads. */
export function FirstRun() {
  const isImporting = useOverlay(({ overlay }) => overlay?.is === 'import')
  const [opening, setOpening] = useState<string | null>(null)
  const create = (name: string, from: 'empty' | 'starter') => {
    if (opening !== null) return
    setOpening(from)
    attempt(async () => {
      try {
        await appClient().call('createVault', { name, from })
      } catch (error) {
        setOpening(null)
        throw error
      }
    })
  }
  return (
    <main className="first-run">
      <NoticeStrip />
      <div className="first-run-middle">
        <h1>{WORDS.title}</h1>
        <p className="first-run-lede">{WORDS.lede}</p>
        <ul>
          <Door
            glyph={<Icon of={FolderOpen} />}
            title={WORDS.folder}
            text={WORDS.folderText}
            isBusy={isImporting}
            onOpen={() => showOverlay({ is: 'import', into: 'new' })}
          />
          <Door
            glyph={<KindGlyph kind="note" size={16} />}
            title={WORDS.empty}
            text={WORDS.emptyText}
            isBusy={opening === 'empty'}
            onOpen={() => create(WORDS.emptyName, 'empty')}
          />
          <Door
            glyph={<Icon of={Footprints} />}
            title={WORDS.starter}
            text={WORDS.starterText}
            isBusy={opening === 'starter'}
            onOpen={() => create(WORDS.starterName, 'starter')}
          />
        </ul>
      </div>
      <p className="first-run-foot">{WORDS.privacy}</p>
    </main>
  )
}

type DoorProps = { glyph: ReactNode; title: string; text: string; isBusy: boolean; onOpen: () => void }

function Door({ glyph, title, text, isBusy, onOpen }: DoorProps) {
  return (
    <li>
      <button type="button" className="door" onClick={onOpen} aria-busy={isBusy}>
        <span className="door-glyph">{glyph}</span>
        <span>
          <span className="door-title">{title}</span>
          <span className="door-text">{text}</span>
        </span>
        {isBusy && <span className="spinner" aria-hidden="true" />}
      </button>
    </li>
  )
}
