import { FolderPlus, PanelLeft, Search } from 'lucide-react'
import { useRef } from 'react'
import { togglePane } from '../../state/layout.ts'
import { showOverlay } from '../../state/overlay.ts'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { keyLabel } from '../commands/index.ts'
import { VaultMenu } from '../vaults/index.ts'
import { FolderTree } from './FolderTree.tsx'
import { InProgress } from './InProgress.tsx'
import { VaultSection } from './VaultSection.tsx'
import { WORDS } from './words.ts'
import './navigator.css'

/** The pane at the left: what is being worked on, the vault by kind, and its folders. */
export function Navigator() {
  const scroller = useRef<HTMLDivElement>(null)
  return (
    <>
      <div className="bar">
        <VaultMenu />
        <span className="bar-space" />
        <IconButton
          icon={PanelLeft}
          label={WORDS.hide}
          keys={keyLabel('view.navigator')}
          onClick={() => togglePane('navigator')}
        />
      </div>
      <button type="button" className="jump" data-pane-focus onClick={() => showOverlay({ is: 'jump' })}>
        <Icon of={Search} />
        <span>{WORDS.jump}</span>
        <kbd>{keyLabel('go.jump')}</kbd>
      </button>
      <div className="navigator-scroll" ref={scroller}>
        <InProgress />
        <VaultSection />
        <section className="nav-section" aria-labelledby="nav-folders">
          <div className="nav-head">
            <h2 id="nav-folders">{WORDS.folders}</h2>
            <span className="nav-head-right">
              <IconButton
                className="is-small"
                icon={FolderPlus}
                label={WORDS.newFolder}
                onClick={() => showOverlay({ is: 'new-folder', parentId: null })}
              />
            </span>
          </div>
          <FolderTree scroller={scroller} />
        </section>
      </div>
    </>
  )
}
