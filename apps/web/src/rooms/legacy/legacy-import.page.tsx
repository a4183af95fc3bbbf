import { useQueryClient } from '@tanstack/react-query'
import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Tabs } from 'antd'
import { useEffect, useState } from 'react'
import { IMPORT_KEYS, useImport } from '../../shared/file-door/file-door.queries.ts'
import { FileDrop } from '../../shared/file-door/file-drop.tsx'
import { countColumn, ImportRecords, refusedRows } from '../../shared/file-door/import-records.tsx'
import { ImportResult } from '../../shared/file-door/import-result.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { formatCount } from '../../shared/time.ts'
import './legacy.css'
import { DOOR } from './legacy.queries.ts'
import { LoadReport } from './load-report.tsx'
import { ProblemList } from './problem-list.tsx'

const groupsOf = ({ outcome }: ImportBatchRow): number =>
  (outcome?.wrongNumber ?? 0) + (outcome?.sharedNumber ?? 0) + (outcome?.samePerson ?? 0) + (outcome?.joined ?? 0)
const COUNTS = [countColumn('groups', '问题学籍组', 96, groupsOf)]

/** 存量学籍导入: students of old come in by file; what became of them, and which problem records they made, is told. */
export function LegacyImportPage() {
  const [batchId, setBatchId] = useState<string>()
  const [tab, setTab] = useState('records')
  const client = useQueryClient()
  const batch = useImport(DOOR, batchId).data?.batch
  const status = batch?.status
  useEffect(() => {
    if (status) void client.invalidateQueries({ queryKey: IMPORT_KEYS.all(DOOR) })
  }, [status, client])
  const show = (id: string): void => {
    setBatchId(id)
    setTab('report')
  }
  const refused = batch ? refusedRows(batch) : 0
  return (
    <PageFrame title="存量学籍导入">
      <section className="xj-leg-file" aria-label="存量学籍文件">
        <p className="xj-muted">
          一个文件可含辖区内多所学校的在校生。身份证件号有误或与他人重复的学生照常导入，并生成历史问题学籍；未通过校验的行不导入，逐行说明原因；同一文件再次导入，已导入的不变。
        </p>
        <FileDrop door={DOOR} batchId={batchId} onSent={show} />
      </section>
      <Tabs
        className="xj-leg-tabs"
        activeKey={tab}
        onChange={setTab}
        items={[
          {
            key: 'report',
            label: batch ? `导入结果：${batch.fileName}` : '导入结果',
            disabled: !batch,
            children: batch ? (
              <div className="xj-leg-result">
                {batch.status === 'succeeded' ? <LoadReport batch={batch} /> : null}
                {batch.status === 'failed' || refused > 0 ? (
                  <ImportResult door={DOOR} batch={batch} title={`${formatCount(refused)} 条未通过校验，没有导入`} />
                ) : null}
                {batch.status === 'succeeded' && refused === 0 ? <p>全部导入，没有未通过的行。</p> : null}
                {batch.finishedAt ? null : (
                  <p className="xj-muted">正在处理，可以离开本页，处理完毕后在导入记录中查看。</p>
                )}
              </div>
            ) : null,
          },
          {
            key: 'problems',
            label:
              batch?.status === 'succeeded' ? `产生的问题学籍（${formatCount(groupsOf(batch))} 组）` : '产生的问题学籍',
            disabled: batch?.status !== 'succeeded',
            children: batch ? <ProblemList key={batch.id} batchId={batch.id} /> : null,
          },
          {
            key: 'records',
            label: '导入记录',
            children: (
              <ImportRecords
                door={DOOR}
                settingsKey="legacy.imports"
                counts={COUNTS}
                onOpen={show}
                emptyText="还没有导入过存量学籍"
              />
            ),
          },
        ]}
      />
    </PageFrame>
  )
}
