import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { XuejiApp } from './app/app.tsx'
import { installPalette } from './app/theme.ts'
import './app/app.css'
import './shared/shared.css'

installPalette(document.documentElement)
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <XuejiApp />
  </StrictMode>,
)
