import type { ReactNode } from 'react'

/** The frame of every page: title and page-wide actions in one slim row, the content below takes the rest of the tab. */
export function PageFrame({ title, extra, children }: { title: ReactNode; extra?: ReactNode; children: ReactNode }) {
  return (
    <section className="xj-page">
      <header className="xj-page-head">
        <h1>{title}</h1>
        {extra ? <div className="xj-page-extra">{extra}</div> : null}
      </header>
      <div className="xj-page-body">{children}</div>
    </section>
  )
}
