import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { useMemo } from 'react'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { KEYS } from '../registration.queries.ts'
import '../registration.css'
import { loadImports, useImportNews } from './import.queries.ts'
import { UploadPanel } from './upload-panel.tsx'
import { uploadRecordColumns } from './upload-record.columns.tsx'

const POLL_MILLIS = 15_000

/** 小学新生注册 (menu §2.3): upload above, what became of every file below. */
export function NewcomerImportPage() {
  const tabs = useTabs()
  useImportNews()
  const openBatch = useMemo(() => (id: string) => tabs.open(`registration/import/${id}`), [tabs])
  const columns = useMemo(() => uploadRecordColumns((batch) => openBatch(batch.id)), [openBatch])
  return (
    <PageFrame title="小学新生注册">
      <div className="xj-reg-fill">
        <UploadPanel onOpen={openBatch} />
        <ListPage<ImportBatchRow, object>
          title="文件上传记录"
          queryKey={KEYS.imports}
          load={loadImports}
          columns={columns}
          rowKey={(batch) => batch.id}
          onRowOpen={(batch) => openBatch(batch.id)}
          emptyText="还没有上传过文件。请下载模板，填好后上传。"
          settingsKey="registration.imports"
          refetchMillis={POLL_MILLIS}
        />
      </div>
    </PageFrame>
  )
}
