import type { ReactNode } from 'react'

/** What a state means for the reader. */
export type Tone = 'muted' | 'accent' | 'success' | 'warning' | 'error'

/** A state as a small tag: tone and sign before the words, never the colour alone. */
export function ToneTag({
  tone,
  icon,
  title,
  children,
}: {
  tone: Tone
  icon?: ReactNode
  title?: string
  children: ReactNode
}) {
  return (
    <span className={`xj-reg-tag xj-reg-tag-${tone}`} title={title}>
      {icon}
      {children}
    </span>
  )
}
