import type { ReactNode } from 'react'

/** One fact with its label; `wide` ones take a line of their own. */
export type Fact = { readonly key: string; readonly label: string; readonly value: ReactNode; readonly wide?: boolean }

/** Facts in aligned columns without boxes: a whole record on one screen, every value at the same distance from its label. */
export function FactGrid({ facts, label }: { facts: readonly Fact[]; label: string }) {
  return (
    <dl className="xj-reg-facts" aria-label={label}>
      {facts.map((fact) => (
        <div key={fact.key} className={fact.wide ? 'xj-reg-fact-wide' : undefined}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
