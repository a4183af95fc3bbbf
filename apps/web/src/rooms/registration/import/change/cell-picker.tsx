import type { TemplateColumn } from '@xueji/contracts/template/template'
import { parsePlainDate } from '@xueji/domain/kernel/plain-date'
import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useRef, useState } from 'react'
import { RegionPicker } from '../../../../shared/region-picker.tsx'
import type { PickerProps } from '../../../../shared/sheet/sheet-types.ts'
import { type ClassOption, choicesOf } from '../../form/field-control.tsx'
import type { ShownRow } from './shown-row.ts'

/** The column's own control, opened over a cell: list, region, or calendar. Cells hold texts as a registrar writes them, so a list gives names. */
export function CellPicker({
  column,
  options: listed,
  text,
  typed,
  commit,
  cancel,
}: Pick<PickerProps<ShownRow>, 'text' | 'typed' | 'commit' | 'cancel'> & {
  column: TemplateColumn
  options: readonly ClassOption[] | undefined
}) {
  if (column.kind === 'region')
    return (
      <RegionPicker
        {...(/^\d{6}(\d{6})?$/.test(text) ? { value: text } : {})}
        startSearch={typed}
        onChange={(code) => commit(code ?? '')}
        onClose={cancel}
      />
    )
  if (column.kind === 'date' || column.kind === 'yearMonth') {
    const month = column.kind === 'yearMonth'
    const day = parsePlainDate(month ? `${text}01` : text)
    return (
      <DatePicker
        open
        autoFocus
        picker={month ? 'month' : 'date'}
        defaultPickerValue={dayjs(day ?? `${dayjs().year() - (month ? 0 : 6)}-09-01`)}
        value={day ? dayjs(day) : null}
        format={month ? 'YYYYMM' : 'YYYYMMDD'}
        onChange={(picked) => commit(picked ? picked.format(month ? 'YYYYMM' : 'YYYYMMDD') : '')}
        onOpenChange={(open) => open || cancel()}
      />
    )
  }
  return <ListPicker column={column} options={listed} text={text} typed={typed} commit={commit} cancel={cancel} />
}

function ListPicker({ column, options: listed, text, typed, commit, cancel }: Parameters<typeof CellPicker>[0]) {
  const [search, setSearch] = useState(typed)
  // The list empties its search once as it opens; what was typed to open it stays.
  const touched = useRef(false)
  // Grades and classes are written by name and number, codes by their names.
  const byValue = listed !== undefined
  const choices = choicesOf(column, listed, undefined) ?? []
  const options = choices.map(({ value, label }) => ({ value: byValue ? value : label, label }))
  return (
    <Select
      style={{ width: '100%' }}
      open
      autoFocus
      showSearch={{
        searchValue: search,
        onSearch: (text) => touched.current && setSearch(text),
        optionFilterProp: 'label',
      }}
      value={options.some((option) => option.value === text) ? text : undefined}
      placeholder={text || '输入名称查找'}
      options={options}
      popupMatchSelectWidth={false}
      notFoundContent="没有这一项，请换一个词"
      onSelect={(value) => commit(value)}
      onBlur={cancel}
      onKeyDown={(event) => {
        touched.current = true
        if (event.key !== 'Escape') return
        event.stopPropagation()
        cancel()
      }}
    />
  )
}
