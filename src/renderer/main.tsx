import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import { invariant } from '../core/base/invariant.ts'
import { App } from './app/App.tsx'
import { startWindow } from './app/start.ts'

const root = document.getElementById('root')
invariant(root, 'the page has no root')
startWindow()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
