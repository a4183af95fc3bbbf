import type { ItemFilter, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Form } from 'antd'
import { type ReactNode, useState } from 'react'
import { ListPage } from '../../../shared/list-page.tsx'
import { useSession } from '../../../shared/session.tsx'
import { type EntryGroup, KEYS, loadItems, useStructure } from '../registration.queries.ts'
import { ClassTabs } from './class-tabs.tsx'
import { REVIEW_COLUMNS } from './item.columns.tsx'
import { CheckCondition, ClassConditions, StudentConditions } from './item-conditions.tsx'
import { ItemDrawer, type ShownItem } from './item-drawer.tsx'
import { useItemExport } from './use-item-export.tsx'

const NONE: ReadonlyMap<string, ItemRow> = new Map()

// Others file and decide at the same time.
const REFRESH_MILLIS = 60_000

/** What a page does with the list: its buttons get the conditions in force and the students ticked. */
export type WaitingActions = {
  readonly toolbar: (filter: ItemFilter) => ReactNode
  readonly batchBar: (selected: ReadonlyMap<string, ItemRow>, clear: () => void) => ReactNode
}

/** The list of students who wait for review or escalation (menu §2.4, §2.5): conditions, columns and selection are the same for both. */
export function WaitingList({
  view,
  group,
  title,
  schoolName,
  fixed,
  whyNot,
  selected,
  onSelect,
  actions,
}: {
  view: 'review' | 'escalate'
  group: EntryGroup
  title?: string
  schoolName: string
  /** Conditions that cannot be changed: the school and class of a bureau's detail list. */
  fixed?: ItemFilter
  whyNot: (item: ItemRow) => string | undefined
  selected: ReadonlyMap<string, ItemRow>
  onSelect: (next: ReadonlyMap<string, ItemRow>) => void
  actions: WaitingActions
}) {
  const isSchool = useSession().organization.level === 'school'
  const structure = useStructure(isSchool ? 'own' : fixed?.schoolId)
  const [filter, setFilter] = useState<ItemFilter>({})
  const [category, setCategory] = useState<string>()
  const always: ItemFilter = { group, ...(category ? { category } : {}), ...fixed }
  const [shown, setShown] = useState<ShownItem>()
  const exporting = useItemExport(view, { ...filter, ...always })
  return (
    <>
      {fixed?.category ? null : (
        <ClassTabs
          view={view}
          group={group}
          schoolId={fixed?.schoolId}
          category={category}
          onChange={(next) => {
            setCategory(next)
            onSelect(NONE)
          }}
        />
      )}
      <ListPage<ItemRow, ItemFilter>
        {...(title ? { title } : {})}
        key={category}
        queryKey={[...KEYS.items(view), always]}
        load={(args) => loadItems(view, { ...args, filter: { ...args.filter, ...always } })}
        columns={REVIEW_COLUMNS}
        rowKey={(item) => item.id}
        settingsKey={`registration.${view}`}
        refetchMillis={REFRESH_MILLIS}
        conditions={
          <>
            <Form.Item label="学校名称">
              <span className="xj-fixed" title={schoolName}>
                {schoolName}
              </span>
            </Form.Item>
            <StudentConditions />
            {structure ? <ClassConditions grades={structure.grades} /> : null}
            <CheckCondition only={['passed', 'unverified']} />
          </>
        }
        onFilterChange={setFilter}
        selection={{ mode: 'many', selected, onChange: onSelect, disabledRow: whyNot }}
        onRowOpen={(item) => setShown({ id: item.id, tab: 'values' })}
        toolbar={
          <>
            {actions.toolbar({ ...filter, ...always })}
            {exporting}
          </>
        }
        batchBar={actions.batchBar}
        emptyText={view === 'review' ? '没有等待审核的学生' : '没有等待上报的学生'}
      />
      <ItemDrawer
        shown={shown}
        onTab={(tab) => shown && setShown({ ...shown, tab })}
        onClose={() => setShown(undefined)}
      />
    </>
  )
}
