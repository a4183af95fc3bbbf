import { ArrowDownOutlined, ArrowUpOutlined, SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import {
  type ColumnSettings,
  DEFAULT_COLUMNS,
  isShown,
  type ListColumn,
  moveColumn,
  orderColumns,
} from './list-columns.ts'

/** Column settings of a list: which columns are shown and in what order, by mouse or keyboard. */
export function ListSettings<Row>(props: {
  columns: readonly ListColumn<Row>[]
  settings: ColumnSettings
  onChange: (settings: ColumnSettings) => void
}) {
  const { columns, settings, onChange } = props
  const ordered = orderColumns(columns, settings)
  const keys = ordered.map((column) => column.key)
  const shownCount = ordered.filter((column) => isShown(column, settings)).length
  const toggle = (key: string, shown: boolean): void =>
    onChange({ ...settings, shown: { ...settings.shown, [key]: shown } })
  const move = (key: string, step: -1 | 1): void => onChange({ ...settings, order: moveColumn(keys, key, step) })
  const content = (
    <div className="xj-columns">
      <ul>
        {ordered.map((column, index) => (
          <li key={column.key}>
            <Checkbox
              checked={isShown(column, settings)}
              disabled={isShown(column, settings) && shownCount === 1}
              onChange={(event) => toggle(column.key, event.target.checked)}
            >
              {column.title}
            </Checkbox>
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined aria-hidden />}
              aria-label={`${column.title}上移`}
              disabled={index === 0}
              onClick={() => move(column.key, -1)}
            />
            <Button
              size="small"
              type="text"
              icon={<ArrowDownOutlined aria-hidden />}
              aria-label={`${column.title}下移`}
              disabled={index === ordered.length - 1}
              onClick={() => move(column.key, 1)}
            />
          </li>
        ))}
      </ul>
      <Button size="small" type="link" onClick={() => onChange(DEFAULT_COLUMNS)}>
        恢复默认
      </Button>
    </div>
  )
  return (
    <Popover content={content} title="列设置" trigger="click" placement="topLeft">
      <Button size="small" type="text" icon={<SettingOutlined aria-hidden />} aria-label="列设置" title="列设置" />
    </Popover>
  )
}
