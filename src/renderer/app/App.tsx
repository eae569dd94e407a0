import { useEffect } from 'react'
import { bindKeys } from '../features/commands/index.ts'
import { FirstRun } from '../features/first-run/index.ts'
import { followFocus } from '../state/focus.ts'
import { useSession } from '../state/session.ts'
import { TooltipProvider } from '../ui/Tooltip.tsx'
import { Guard } from './Guard.tsx'
import { Window } from './Window.tsx'

export function App() {
  const platform = useSession((session) => session.platform)
  const hasVault = useSession((session) => session.vault !== null)
  useEffect(() => (platform === null ? undefined : bindKeys()), [platform])
  useEffect(followFocus, [])
  // Main answers within a few milliseconds; before it nothing true could be shown.
  if (platform === null) return null
  return (
    <Guard>
      <TooltipProvider>{hasVault ? <Window /> : <FirstRun />}</TooltipProvider>
    </Guard>
  )
}
