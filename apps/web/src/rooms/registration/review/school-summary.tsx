import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { ItemFilter, SchoolSummaryRow } from '@xueji/contracts/pipeline/review.api'
import { Button, Drawer, Form, Input } from 'antd'
import { useMemo, useState } from 'react'
import { codeText } from '../../../shared/code-text.ts'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { BatchCenter, type ShownBatches } from '../batch/batch-center.tsx'
import type { BatchQuestion } from '../batch/batch-dialog.tsx'
import { BatchReviewDialog } from '../batch/batch-review-dialog.tsx'
import { type EntryGroup, KEYS, loadSummary, ROOM, useEntries } from '../registration.queries.ts'
import { ReviewList } from './review-list.tsx'
import { type SummaryPart, summaryColumns } from './school-summary.columns.tsx'

type Filter = { schoolName?: string; schoolCode?: string }
type Opened = { readonly row: SchoolSummaryRow; readonly part: SummaryPart }

const NONE: ReadonlyMap<string, SchoolSummaryRow> = new Map()

const REFRESH_MILLIS = 60_000
const EXPORT = {
  room: ROOM,
  list: 'schools',
  askers: ['countyRegistrar', 'cityRegistrar', 'provinceRegistrar'],
} as const
const SHOWN = 4
const schoolsInWords = (rows: readonly SchoolSummaryRow[]): string =>
  rows
    .slice(0, SHOWN)
    .map((row) => row.orgName)
    .join('、') + (rows.length > SHOWN ? ` 等 ${rows.length} 所学校` : '')

/** A bureau's list: school by school, numbers leading to the students, 全部审核 for the schools chosen (menu §2.4, REG-026, REG-030). */
export function SchoolSummary({ group }: { group: EntryGroup }) {
  const title = GROUP_WORDS[group]
  const [selected, setSelected] = useState(NONE)
  const [opened, setOpened] = useState<Opened>()
  const [filter, setFilter] = useState<Filter>({})
  const [question, setQuestion] = useState<BatchQuestion>()
  const [batches, setBatches] = useState<ShownBatches>()
  const columns = useMemo(() => summaryColumns((row, part) => setOpened({ row, part })), [])

  const askAll = (): void =>
    setQuestion({
      title: `${title}-全部审核`,
      target:
        selected.size > 0
          ? { label: schoolsInWords([...selected.values()]), group, schoolIds: [...selected.keys()] }
          : { label: '当前查询条件下的全部学校', filter: { group, ...filter } },
    })
  return (
    <div className="xj-reg-fill">
      <BatchCenter shown={batches} onShow={setBatches} />
      <ListPage<SchoolSummaryRow, Filter>
        queryKey={[...KEYS.summary, group]}
        load={(args) => loadSummary(group, args)}
        columns={columns}
        rowKey={(row) => row.orgId}
        settingsKey="registration.summary"
        refetchMillis={REFRESH_MILLIS}
        conditions={
          <>
            <Form.Item name="schoolName" label="学校名称">
              <Input allowClear maxLength={100} />
            </Form.Item>
            <Form.Item name="schoolCode" label="学校标识码">
              <Input allowClear maxLength={10} className="xj-number" />
            </Form.Item>
          </>
        }
        onFilterChange={setFilter}
        selection={{ mode: 'many', selected, onChange: setSelected }}
        onRowOpen={(row) => setOpened({ row, part: 'total' })}
        toolbar={
          <>
            <Button type="primary" onClick={askAll}>
              {selected.size > 0 ? `全部审核（选中 ${selected.size} 所学校）` : '全部审核'}
            </Button>
            <ListExport source={EXPORT} conditions={{ view: 'review', group, ...filter }} />
            <Button type="text" onClick={() => setBatches('recent')}>
              批量办理记录
            </Button>
          </>
        }
        emptyText="没有等待审核的学生"
      />
      <SchoolDrawer group={group} opened={opened} onClose={() => setOpened(undefined)} />
      <BatchReviewDialog
        question={question}
        onStarted={(ids) => {
          setQuestion(undefined)
          setSelected(NONE)
          setBatches(ids)
        }}
        onClose={() => setQuestion(undefined)}
      />
    </div>
  )
}

function SchoolDrawer({
  group,
  opened,
  onClose,
}: {
  group: EntryGroup
  opened: Opened | undefined
  onClose: () => void
}) {
  const { data: entries } = useEntries()
  const category = entries?.find((entry) => entry.group === group && entry.identityClass === opened?.part)?.category
  const title = category ? codeText('REGCAT', category) : GROUP_WORDS[group]
  const fixed: ItemFilter | undefined = opened && {
    schoolId: opened.row.orgId,
    ...(category ? { category } : {}),
  }
  return (
    <Drawer
      open={opened !== undefined}
      onClose={onClose}
      size="calc(100vw - 96px)"
      title={opened ? `${title}-审核 · ${opened.row.orgName}` : ''}
      destroyOnHidden
      styles={{ body: { padding: 12, display: 'flex', minHeight: 0 } }}
    >
      {opened ? (
        <ReviewList
          group={group}
          title={title}
          schoolName={opened.row.orgName}
          {...(fixed ? { fixed } : {})}
          onClose={onClose}
        />
      ) : null}
    </Drawer>
  )
}
