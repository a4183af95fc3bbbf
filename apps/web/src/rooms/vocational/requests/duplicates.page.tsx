import { CheckOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { RequestFilter, RequestRow } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { Button, Tooltip } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import '../vocational.css'
import { acknowledge, EXPORT, forgetVocational, KEYS, loadRequests } from '../vocational.queries.ts'
import { DUPLICATE_COLUMNS } from './request.columns.tsx'
import { RequestConditions } from './request-conditions.tsx'

/** 重复录取处理 (S4 attachment 2, decision 0018): children of a senior school whom a vocational school has admitted too. */
export function DuplicatesPage() {
  const [selected, setSelected] = useState<ReadonlyMap<string, RequestRow>>(new Map())
  const [busy, setBusy] = useState(false)
  const [filter, setFilter] = useState<RequestFilter>({})
  const client = useQueryClient()
  const notice = useNotice()
  const rows = [...selected.values()]
  const waiting = rows.filter((row) => row.state === 'continued' && !row.acknowledgedAt)
  const see = async (): Promise<void> => {
    if (waiting.length < rows.length) {
      notice.warning('只有已接续到中职、尚未知悉的学生需要知悉')
      return
    }
    setBusy(true)
    try {
      notice.success(`已知悉 ${(await acknowledge(waiting.map((row) => row.id))).acknowledged} 人`)
      setSelected(new Map())
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      void forgetVocational(client)
      void client.invalidateQueries({ queryKey: ['home'] })
    }
  }
  return (
    <PageFrame title="重复录取处理">
      <ListPage<RequestRow, RequestFilter>
        title="本校录取、中职也已调档的学生"
        queryKey={KEYS.requests('duplicates')}
        load={(args) => loadRequests('duplicates', args)}
        columns={DUPLICATE_COLUMNS}
        rowKey={(row) => row.id}
        settingsKey="vocational.duplicates"
        conditions={<RequestConditions />}
        onFilterChange={setFilter}
        selection={{ mode: 'many', selected, onChange: setSelected }}
        emptyText="没有重复录取：本校高中学生被中职学校列入新生名单时，会列在这里"
        toolbar={
          <>
            <Tooltip title={rows.length > 0 ? '' : '请选择学生'}>
              <Button
                type="primary"
                icon={<CheckOutlined aria-hidden />}
                disabled={rows.length === 0}
                loading={busy}
                onClick={() => void see()}
              >
                知悉
              </Button>
            </Tooltip>
            <ListExport source={EXPORT} conditions={{ view: 'all', own: { view: 'duplicates', ...filter } }} />
          </>
        }
      />
    </PageFrame>
  )
}
