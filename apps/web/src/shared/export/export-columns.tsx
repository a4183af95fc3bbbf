import { CloseOutlined, SearchOutlined } from '@ant-design/icons'
import type { ExportColumn } from '@xueji/contracts/pipeline/export.api'
import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { groupColumns, toggleColumns } from './column-choice.ts'

/** 选择导出信息项 (EXP-002): what can be chosen on the left, group by group, what is chosen on the right, in the order of the file. */
export function ExportColumns(props: {
  columns: readonly ExportColumn[]
  usual: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) {
  const { columns, usual, chosen, onChange } = props
  const [search, setSearch] = useState('')
  const groups = groupColumns(columns, search)
  const toggle = (keys: readonly string[], on: boolean): void => onChange(toggleColumns(columns, chosen, keys, on))
  const shown = columns.filter((column) => chosen.includes(column.key))
  const personal = shown.filter((column) => column.personal).length
  return (
    <div className="xj-export-columns">
      <section aria-label="可选信息项">
        <header>
          <h3>可选信息项</h3>
          <Input
            size="small"
            allowClear
            prefix={<SearchOutlined aria-hidden />}
            placeholder="查找信息项"
            aria-label="查找信息项"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </header>
        <div className="xj-export-groups">
          {groups.length === 0 ? <p className="xj-muted">没有这样的信息项</p> : null}
          {groups.map((group) => {
            const keys = group.columns.map((column) => column.key)
            const count = keys.filter((key) => chosen.includes(key)).length
            return (
              <fieldset key={group.title}>
                <legend>
                  <Checkbox
                    checked={count === keys.length}
                    indeterminate={count > 0 && count < keys.length}
                    onChange={(event) => toggle(keys, event.target.checked)}
                  >
                    {group.title}{' '}
                    <span className="xj-muted xj-number">
                      {count}/{keys.length}
                    </span>
                  </Checkbox>
                </legend>
                <div className="xj-export-fields">
                  {group.columns.map((column) => (
                    <Checkbox
                      key={column.key}
                      checked={chosen.includes(column.key)}
                      onChange={(event) => toggle([column.key], event.target.checked)}
                    >
                      {column.header}
                      {column.personal ? <Personal /> : null}
                    </Checkbox>
                  ))}
                </div>
              </fieldset>
            )
          })}
        </div>
      </section>
      <section aria-label="已选信息项">
        <header>
          <h3>
            已选信息项 <span className="xj-number">{shown.length}</span>
          </h3>
          <Button size="small" type="link" onClick={() => onChange(usual)}>
            恢复默认
          </Button>
          <Button size="small" type="link" onClick={() => onChange([])}>
            清空
          </Button>
        </header>
        <ol className="xj-export-chosen">
          {shown.map((column) => (
            <li key={column.key}>
              <span>
                {column.header}
                {column.personal ? <Personal /> : null}
              </span>
              <Button
                size="small"
                type="text"
                icon={<CloseOutlined aria-hidden />}
                aria-label={`移出${column.header}`}
                onClick={() => toggle([column.key], false)}
              />
            </li>
          ))}
        </ol>
        <p className={`xj-export-sum ${personal > 0 ? 'xj-tone-warning' : 'xj-muted'}`}>
          {shown.length === 0
            ? '请至少选择一个信息项'
            : personal > 0
              ? `含敏感信息 ${personal} 项，请只选用途所需的`
              : '不含敏感信息'}
        </p>
      </section>
    </div>
  )
}

const Personal = () => (
  <span className="xj-export-personal" title="敏感个人信息：只在用途确有需要时选择">
    敏感
  </span>
)
