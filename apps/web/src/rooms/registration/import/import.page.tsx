import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { ListExport } from '../../../shared/export/list-export.tsx'
import { ListPage } from '../../../shared/list-page.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabs } from '../../../shared/tabs.tsx'
import { EntryCards } from '../entry/entry-cards.tsx'
import { type EntryGroup, KEYS, ROOM, useEntries } from '../registration.queries.ts'
import '../registration.css'
import { loadImports, useImportNews } from './import.queries.ts'
import { UploadPanel } from './upload-panel.tsx'
import { uploadRecordColumns } from './upload-record.columns.tsx'

const POLL_MILLIS = 15_000
const EXPORT = { room: ROOM, list: 'imports', askers: ['schoolRegistrar'] } as const

/** 小学新生注册 (menu §2.3). */
export const NewcomerImportPage = () => <ImportPage group="newcomer" />

/** 非小学新生注册 (menu §2.3). */
export const OtherImportPage = () => <ImportPage group="other" />

/** The three entries of a group; upload of the one chosen, what became of every file below (REG-004, REG-006). */
function ImportPage({ group }: { group: EntryGroup }) {
  const tabs = useTabs()
  const { data } = useEntries()
  const [params, setParams] = useSearchParams()
  useImportNews()
  const entries = useMemo(() => (data ?? []).filter((entry) => entry.group === group), [data, group])
  const importable = useMemo(() => entries.filter((entry) => entry.importable), [entries])
  // Which entry one is at stands in the address: it is no personal data, and a reload or a link leads there again.
  const asked = params.get('category')
  const chosen = importable.find((entry) => entry.category === asked) ?? importable[0]
  const choose = (category: string): void => setParams({ category }, { replace: true })
  const openBatch = useMemo(() => (id: string) => tabs.open(`registration/import/${id}`), [tabs])
  const columns = useMemo(() => uploadRecordColumns((batch) => openBatch(batch.id)), [openBatch])
  return (
    <PageFrame title={GROUP_WORDS[group]}>
      <div className="xj-reg-fill">
        <EntryCards
          entries={entries}
          chosen={chosen?.category}
          onImport={choose}
          onForm={(category) => tabs.open(`registration/entry/${category}`)}
        />
        {chosen ? <UploadPanel entries={importable} chosen={chosen} onChoose={choose} onOpen={openBatch} /> : null}
        <ListPage<ImportBatchRow, object>
          title="文件上传记录"
          queryKey={[...KEYS.imports, group]}
          load={(args) => loadImports(group, args)}
          columns={columns}
          rowKey={(batch) => batch.id}
          onRowOpen={(batch) => openBatch(batch.id)}
          toolbar={<ListExport source={EXPORT} conditions={{ group }} />}
          emptyText="还没有上传过文件。请下载模板，填好后上传。"
          settingsKey="registration.imports"
          refetchMillis={POLL_MILLIS}
        />
      </div>
    </PageFrame>
  )
}
