import { formatCount } from '../../../shared/time.ts'
import type { KindGroup } from './kind-groups.ts'

/** What the rows are narrowed to: a kind of issue, or a kind in one column. */
export type ChosenKind = { readonly code: string; readonly field?: string } | undefined

const SHOWN_PLACES = 6

/** Issues by kind with counts; a click shows only the rows concerned, a second click all of them again. */
export function IssueKinds({
  groups,
  chosen,
  onChoose,
}: {
  groups: readonly KindGroup[]
  chosen: ChosenKind
  onChoose: (chosen: ChosenKind) => void
}) {
  const isChosen = (code: string, field?: string): boolean => chosen?.code === code && chosen.field === field
  const toggle = (code: string, field?: string): void =>
    onChoose(isChosen(code, field) ? undefined : { code, ...(field ? { field } : {}) })
  return (
    <ul className="xj-reg-kinds" aria-label="按问题种类筛选">
      {groups.map((group) => (
        <li key={group.code} className={chosen?.code === group.code ? 'xj-reg-chosen' : ''}>
          <button
            type="button"
            className="xj-reg-kind"
            aria-pressed={isChosen(group.code)}
            onClick={() => toggle(group.code)}
          >
            <span>{group.title}</span>
            <span className="xj-number">{formatCount(group.count)}</span>
          </button>
          {group.places.length > 1 ? (
            <div className="xj-reg-places">
              {group.places.slice(0, SHOWN_PLACES).map((place) => (
                <button
                  key={place.label}
                  type="button"
                  className="xj-reg-place"
                  aria-pressed={isChosen(group.code, place.field)}
                  onClick={() => toggle(group.code, place.field)}
                >
                  {place.label} <span className="xj-number">{formatCount(place.count)}</span>
                </button>
              ))}
              {group.places.length > SHOWN_PLACES ? <span>等 {group.places.length} 列</span> : null}
            </div>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
