import { findForm, REGISTRATION_FORMS } from '@xueji/contracts/rooms/registration/registration.form'
import { FactGrid } from './fact-grid.tsx'
import { columnGroups, type GroupedColumn } from './field-groups.ts'
import { RegionText } from './region-text.tsx'
import { valueText } from './value-text.ts'

/** 全部信息 of a student by group, with the names of codes; empty optional fields are left out so that the eye finds what is there. */
export function ItemValues({ category, values }: { category: string; values: Readonly<Record<string, string>> }) {
  const groups = columnGroups(findForm(category) ?? REGISTRATION_FORMS.R11)
  return (
    <div className="xj-reg-values">
      {groups.map((group) => {
        const filled = group.columns.filter(({ column }) => column.required || values[column.key])
        return filled.length === 0 ? null : (
          <section key={group.key}>
            <h3>{group.title}</h3>
            <FactGrid
              label={group.title}
              facts={filled.map((field) => ({
                key: field.column.key,
                label: field.label,
                wide: isWide(field),
                value: <Value field={field} value={values[field.column.key]} />,
              }))}
            />
          </section>
        )
      })}
    </div>
  )
}

function Value({ field, value }: { field: GroupedColumn; value: string | undefined }) {
  if (!value) return <span className="xj-none">—</span>
  if (field.column.kind === 'region') return <RegionText code={value} />
  return <span className={NUMERIC.has(field.column.kind) ? 'xj-number' : ''}>{valueText(field.column, value)}</span>
}

const NUMERIC: ReadonlySet<string> = new Set(['identityNumber', 'phone', 'postcode', 'date', 'yearMonth', 'digits'])

// Addresses need the width of a line.
const isWide = ({ column }: GroupedColumn): boolean => column.kind === 'text' && (column.max ?? 0) >= 200
