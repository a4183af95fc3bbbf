import './list.css'
import { ReloadOutlined } from '@ant-design/icons'
import type { Page } from '@xueji/contracts/common/wire'
import { Button, Form, Tooltip } from 'antd'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { conditionsSet } from './conditions-set.ts'
import { ErrorView } from './error-view.tsx'
import { arrangeColumns, DEFAULT_COLUMNS, type ListColumn } from './list-columns.ts'
import { ListConditions } from './list-conditions.tsx'
import { ListPager } from './list-pager.tsx'
import type { ListSelection } from './list-selection.ts'
import { ListSettings } from './list-settings.tsx'
import { ListEmpty, ListSkeleton } from './list-states.tsx'
import { ListTable } from './list-table.tsx'
import { useRemembered } from './remember.ts'
import { formatInstant } from './time.ts'
import { type LoadArgs, useList } from './use-list.ts'

export type { ListColumn } from './list-columns.ts'

/** What a list needs to know of its page. */
export type ListPageProps<Row, Filter> = {
  title?: string
  queryKey: readonly unknown[]
  load: (args: LoadArgs<Filter>) => Promise<Page<Row>>
  columns: readonly ListColumn<Row>[]
  rowKey: (row: Row) => string
  /** Form items named by the keys of the filter. */
  conditions?: ReactNode
  initialFilter?: Partial<Filter>
  selection?: ListSelection<Row>
  toolbar?: ReactNode
  batchBar?: (selected: ReadonlyMap<string, Row>, clear: () => void) => ReactNode
  onRowOpen?: (row: Row) => void
  emptyText?: ReactNode
  settingsKey: string
  onFilterChange?: (filter: Filter) => void
  refetchMillis?: number
}

/**
 * The list every business page is built from: conditions, toolbar, table, pager. It fills the height it is given and never makes
 * the page scroll.
 */
export function ListPage<Row, Filter extends object>(props: ListPageProps<Row, Filter>) {
  const { columns, selection, settingsKey } = props
  const [form] = Form.useForm()
  const initial = props.initialFilter ?? {}
  const [filter, setFilter] = useState(() => conditionsSet(initial) as Filter)
  const [limit, setLimit] = useRemembered('pageSize', 20)
  const [settings, setSettings] = useRemembered(`columns.${settingsKey}`, DEFAULT_COLUMNS)
  const arranged = useMemo(() => arrangeColumns(columns, settings), [columns, settings])
  const { query, rows, position } = useList({ ...props, filter, limit })
  const tellFilter = useEffectEvent((next: Filter) => props.onFilterChange?.(next))
  useEffect(() => {
    tellFilter(filter)
  }, [filter])
  // The page was opened again with other conditions: they replace the ones before.
  const initialText = JSON.stringify(initial)
  const opened = useRef(initialText)
  const restart = useEffectEvent((text: string) => {
    if (opened.current === text) return
    opened.current = text
    form.resetFields()
    setFilter(conditionsSet(initial) as Filter)
  })
  useEffect(() => {
    restart(initialText)
  }, [initialText])

  const apply = (): void => {
    const next = conditionsSet({ ...initial, ...form.getFieldsValue() }) as Filter
    if (JSON.stringify(next) === JSON.stringify(filter)) void query.refetch()
    else setFilter(next)
  }
  const clear = (): void => selection?.onChange(new Map())
  const title = props.title ?? '列表'
  return (
    <div className="xj-list">
      {props.conditions ? (
        <ListConditions
          form={form}
          initial={initial as Record<string, unknown>}
          settingsKey={settingsKey}
          active={Object.keys(filter).length}
          busy={query.isFetching}
          onApply={apply}
          onReset={() => {
            form.resetFields()
            apply()
          }}
        >
          {props.conditions}
        </ListConditions>
      ) : null}
      {props.title || props.toolbar || selection ? (
        <div className="xj-list-bar">
          {props.title ? <h2>{props.title}</h2> : null}
          {props.toolbar}
          {selection && selection.selected.size > 0 ? (
            <div className="xj-batch" role="status">
              <span>
                已选 <b className="xj-number">{selection.selected.size}</b> 条
              </span>
              <Button size="small" type="link" onClick={clear}>
                清除
              </Button>
              {props.batchBar?.(selection.selected, clear)}
            </div>
          ) : null}
        </div>
      ) : null}
      <div className="xj-list-main" aria-busy={query.isFetching}>
        {query.isError && query.data ? (
          <div className="xj-list-stale" role="alert">
            刷新没有成功，显示的是 {formatInstant(new Date(query.dataUpdatedAt).toISOString())} 的数据
            <Button size="small" type="link" onClick={() => void query.refetch()}>
              重试
            </Button>
          </div>
        ) : null}
        {query.isPending ? (
          <ListSkeleton />
        ) : query.isError && !query.data ? (
          <ErrorView error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <ListEmpty text={props.emptyText} filtered={Object.keys(filter).length > 0 && !!props.conditions} />
        ) : (
          <ListTable
            rows={rows}
            columns={arranged}
            rowKey={props.rowKey}
            selection={selection}
            onRowOpen={props.onRowOpen}
            label={title}
          />
        )}
      </div>
      <ListPager position={position} limit={limit} onLimit={setLimit} empty={rows.length === 0}>
        <Tooltip
          title={`刷新${query.dataUpdatedAt ? `（${formatInstant(new Date(query.dataUpdatedAt).toISOString())} 的数据）` : ''}`}
        >
          <Button
            size="small"
            type="text"
            icon={<ReloadOutlined spin={query.isFetching} aria-hidden />}
            aria-label="刷新"
            onClick={() => void query.refetch()}
          />
        </Tooltip>
        <ListSettings columns={columns} settings={settings} onChange={setSettings} />
      </ListPager>
    </div>
  )
}
