import type { RowView } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate, TemplateColumn } from '@xueji/contracts/template/template'
import type { SheetColumn } from '../../../../shared/sheet/sheet-types.ts'

/** Keys of the columns that are not of the template. */
export const ROW_KEY = '#row'
export const STATE_KEY = '#state'
export const SUMMARY_KEY = '#summary'

const CHARACTER_WIDTH = 8
const LEAST_WIDTH = 88
const MOST_WIDTH = 190
// Who the child is, beside what is wrong.
const CONTEXT: readonly string[] = ['identityNumber']
const MIXED: ReadonlySet<RowView> = new Set(['corrected', 'all'])

/** Columns with issues among the rows looked at, and those of the kind of issue they are narrowed to. */
export type IssueFields = { readonly issueFields: ReadonlySet<string>; readonly kindFields: ReadonlySet<string> }

/**
 * Columns of the sheet: row and name stay in view, then what is wrong in words, the columns of the chosen kind, the others with issues in the order of the
 * template, and what tells one child from another; or all of them, those with issues still first. Where nothing is wrong all are of interest.
 */
export function changeColumns(
  template: RoomTemplate,
  view: RowView,
  { issueFields, kindFields }: IssueFields,
  all: boolean,
  editable: boolean,
): readonly SheetColumn[] {
  const clean = view === 'clean' || issueFields.size + kindFields.size === 0
  const others = template.columns.filter((column) => column.key !== 'name')
  const meant = others.filter((column) => kindFields.has(column.key))
  const wrong = [...meant, ...others.filter((column) => issueFields.has(column.key) && !kindFields.has(column.key))]
  const rest = others.filter((column) => !wrong.includes(column) && (all || clean || CONTEXT.includes(column.key)))
  const name = template.columns.find((column) => column.key === 'name')
  const fixed = { editable: false } as const
  return [
    { key: ROW_KEY, title: '行', width: 62, frozen: true, digits: true, ...fixed },
    ...(name ? [{ ...toSheetColumn(name, editable), width: 96, frozen: true }] : []),
    ...(MIXED.has(view) ? [{ key: STATE_KEY, title: '状态', width: 84, ...fixed }] : []),
    ...(clean ? [] : [{ key: SUMMARY_KEY, title: '问题说明', width: 240, grows: true, ...fixed }]),
    ...[...wrong, ...rest].map((column) => toSheetColumn(column, editable)),
  ]
}

function toSheetColumn(column: TemplateColumn, editable: boolean): SheetColumn {
  const picker = pickerOf(column)
  const width = Math.max(column.width, column.header.length * 2 + 2) * CHARACTER_WIDTH
  return {
    key: column.key,
    title: column.header,
    width: Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)),
    required: column.required,
    editable,
    digits: DIGITS.has(column.kind),
    ...(picker ? { picker } : {}),
  }
}

const DIGITS: ReadonlySet<string> = new Set([
  'identityNumber',
  'phone',
  'postcode',
  'date',
  'yearMonth',
  'region',
  'digits',
])

/** Lists open for any key; a region for words, so that a code can be typed; dates are typed and may be picked. */
function pickerOf(column: TemplateColumn): SheetColumn['picker'] {
  if (column.kind === 'code' || column.kind === 'yesNo' || column.key === 'classNumber' || column.key === 'gradeName')
    return { onEnter: true, onTyped: () => true }
  if (column.kind === 'region') return { onEnter: true, onTyped: (text) => /\D/.test(text.trim()) }
  if (column.kind === 'date' || column.kind === 'yearMonth') return { onEnter: false, onTyped: () => false }
  return undefined
}
