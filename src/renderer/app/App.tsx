import { useEffect } from 'react'
import { bindKeys } from '../features/commands/index.ts'
import { FirstRun } from '../features/first-run/index.ts'
import { followFocus } from '../state/focus.ts'
import { useSession } from '../state/session.ts'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { acceptFolders } from './drop-folder.ts'
import { Guard } from './Guard.tsx'
import { Overlays } from './Overlays.tsx'
import { Window } from './Window.tsx'

export function App() {
  const platform = useSession((session) => session.platform)
  const hasVault = useSession((session) => session.vault !== null)
  // Everything below shows keys somewhere, so all of it follows when they change.
  const keys = useSession((session) => session.settings.keys)
  useEffect(() => (platform === null ? undefined : bindKeys(keys)), [platform, keys])
  useEffect(followFocus, [])
  useEffect(acceptFolders, [])
  // Main answers within a few milliseconds; before it nothing true could be shown.
  if (platform === null) return null
  return (
    <Guard>
      <TooltipProvider>
        {hasVault ? <Window /> : <FirstRun />}
        <Overlays />
      </TooltipProvider>
    </Guard>
  )
}
