import { FormOutlined } from '@ant-design/icons'
import type { RosterFilter, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { PageFrame } from '../../shared/page-frame.tsx'
import { useTabs } from '../../shared/tabs.tsx'
import './preschool.css'
import { EXPORT, exportConditions, KEYS, loadLines } from './preschool.queries.ts'
import { SUPPLEMENT_COLUMNS } from './roster.columns.tsx'
import { RosterConditions } from './roster-conditions.tsx'

/** 学前档案信息补录 (menu §2.2): who is matched and not yet registered (PRE-014). */
export function SupplementListPage() {
  const tabs = useTabs()
  const [selected, setSelected] = useState<ReadonlyMap<string, RosterRow>>(new Map())
  const [filter, setFilter] = useState<RosterFilter>({})
  const [line] = selected.values()
  const open = (one: RosterRow): void => tabs.open(`registration/supplement/${one.id}`)
  return (
    <PageFrame title="学前档案信息补录">
      <ListPage<RosterRow, RosterFilter>
        title="可补录学籍信息的学生"
        queryKey={KEYS.lines('supplement')}
        load={(args) => loadLines('supplement', args)}
        columns={SUPPLEMENT_COLUMNS}
        rowKey={(one) => one.id}
        settingsKey="preschool.supplement"
        conditions={<RosterConditions short />}
        selection={{ mode: 'one', selected, onChange: setSelected }}
        onFilterChange={setFilter}
        onRowOpen={open}
        emptyText="没有可补录的学生：已匹配学前学籍且尚未注册的学生会列在这里"
        toolbar={
          <>
            <Button
              type="primary"
              icon={<FormOutlined aria-hidden />}
              disabled={!line}
              onClick={() => line && open(line)}
            >
              学籍信息补录
            </Button>
            <ListExport source={EXPORT} conditions={exportConditions('supplement', filter)} />
          </>
        }
      />
    </PageFrame>
  )
}
