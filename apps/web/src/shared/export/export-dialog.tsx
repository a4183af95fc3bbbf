import type { ExportCatalogue } from '@xueji/contracts/pipeline/export.api'
import { Modal, Tabs } from 'antd'
import { useState } from 'react'
import { ExportForm } from './export-form.tsx'
import { ExportRecords } from './export-records.tsx'
import { type ExportSource, type ListConditions, useRefreshExports } from './exports.ts'

/** What the dialog shows: a new export, or the recent ones. */
export type ExportTab = 'new' | 'records'

/** The dialog of 导出: what is exported and who authorises it; then the recent exports, where a running one is watched, cancelled and downloaded. */
export function ExportDialog(props: {
  source: ExportSource
  catalogue: ExportCatalogue
  conditions: ListConditions
  tab: ExportTab | undefined
  onTab: (tab: ExportTab | undefined) => void
}) {
  const { source, catalogue, conditions, tab, onTab } = props
  const [started, setStarted] = useState<string>()
  const refresh = useRefreshExports(source)
  return (
    <Modal
      open={tab !== undefined}
      title={`导出：${catalogue.title}`}
      width={860}
      centered
      footer={null}
      onCancel={() => onTab(undefined)}
      destroyOnHidden
    >
      <Tabs
        size="small"
        activeKey={tab ?? 'new'}
        onChange={(key) => onTab(key as ExportTab)}
        destroyOnHidden
        items={[
          {
            key: 'new',
            label: '新的导出',
            children: (
              <ExportForm
                source={source}
                catalogue={catalogue}
                conditions={conditions}
                onStarted={(row) => {
                  setStarted(row.id)
                  refresh()
                  onTab('records')
                }}
                onClose={() => onTab(undefined)}
              />
            ),
          },
          {
            key: 'records',
            label: '导出记录',
            children: <ExportRecords source={source} keepHours={catalogue.keepHours} started={started} />,
          },
        ]}
      />
    </Modal>
  )
}
