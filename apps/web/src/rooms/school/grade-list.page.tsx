import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { pageOfAll } from '../../shared/page-of-all.ts'
import { useHasRole } from '../../shared/session.tsx'
import { AddGradeDialog } from './add-grade-dialog.tsx'
import { GRADE_COLUMNS } from './grade-list.columns.tsx'
import { type Grade, loadStructure, schoolExport, useStructureChanges } from './structure.queries.ts'
import { whyGradeStays } from './structure.ts'

const EXPORT = schoolExport('grades')

/** 年级信息管理: the grades of one's own school. */
export function GradeListPage() {
  const mayChange = useHasRole('schoolRegistrar')
  const [selected, setSelected] = useState<ReadonlyMap<string, Grade>>(new Map())
  const [adding, setAdding] = useState(false)
  const { removeGrade } = useStructureChanges()
  const { modal } = App.useApp()
  const notice = useNotice()
  const [grade] = selected.values()

  const remove = (target: Grade): void => {
    void modal.confirm({
      title: `确定要删除“${target.name}”吗？`,
      content: '删除后不能恢复。',
      okText: '是',
      cancelText: '否',
      onOk: async () => {
        try {
          await removeGrade(target.id)
          setSelected(new Map())
          notice.success(`已删除${target.name}`)
        } catch (error) {
          notice.error(error)
        }
      },
    })
  }
  const toolbar = mayChange ? (
    <>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
        增加
      </Button>
      <Button icon={<DeleteOutlined aria-hidden />} disabled={!grade} onClick={() => grade && remove(grade)}>
        删除
      </Button>
      <ListExport source={EXPORT} />
    </>
  ) : null
  return (
    <PageFrame title="年级信息管理">
      <ListPage<Grade, object>
        queryKey={['school', 'grades']}
        settingsKey="school.grades"
        load={async (args) => pageOfAll((await loadStructure()).grades, args)}
        columns={GRADE_COLUMNS}
        rowKey={(row) => row.id}
        toolbar={toolbar}
        emptyText={mayChange ? '还没有年级，请点“增加”建立本学年的年级' : undefined}
        {...(mayChange
          ? { selection: { mode: 'one', selected, onChange: setSelected, disabledRow: whyGradeStays } }
          : {})}
      />
      <AddGradeDialog open={adding} onClose={() => setAdding(false)} />
    </PageFrame>
  )
}
