import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState } from 'react'
import { ListExport } from '../../shared/export/list-export.tsx'
import { ListPage } from '../../shared/list-page.tsx'
import { useNotice } from '../../shared/notice.ts'
import { PageFrame } from '../../shared/page-frame.tsx'
import { pageOfAll } from '../../shared/page-of-all.ts'
import { useHasRole } from '../../shared/session.tsx'
import { AddClassesDialog } from './add-classes-dialog.tsx'
import { CLASS_COLUMNS } from './class-list.columns.tsx'
import { GradeTree } from './grade-tree.tsx'
import { loadStructure, schoolExport, useStructureChanges } from './structure.queries.ts'
import { type ClassLine, classLines } from './structure.ts'
import './school.css'

const EXPORT = schoolExport('classes')

/** 班级信息管理: grades on the left, the classes of the chosen one on the right. */
export function ClassListPage() {
  const mayChange = useHasRole('schoolRegistrar')
  const [gradeId, setGradeId] = useState<string>()
  const [selected, setSelected] = useState<ReadonlyMap<string, ClassLine>>(new Map())
  const [adding, setAdding] = useState(false)
  const { removeClass } = useStructureChanges()
  const { modal } = App.useApp()
  const notice = useNotice()

  const removeAll = async (targets: readonly ClassLine[]): Promise<void> => {
    const failures: unknown[] = []
    for (const target of targets) await removeClass(target.id).catch((error: unknown) => failures.push(error))
    setSelected(new Map())
    const done = targets.length - failures.length
    if (done > 0) notice.success(`已删除 ${done} 个班级`)
    if (failures.length > 0) notice.error(failures[0])
  }
  const remove = (): void => {
    const targets = [...selected.values()]
    const names = targets
      .slice(0, 5)
      .map((one) => one.name)
      .join('、')
    void modal.confirm({
      title: `确定要删除选中的 ${targets.length} 个班级吗？`,
      content: `${names}${targets.length > 5 ? ' 等' : ''}。删除后不能恢复。`,
      okText: '是',
      cancelText: '否',
      onOk: () => removeAll(targets),
    })
  }
  const toolbar = mayChange ? (
    <>
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
        增加
      </Button>
      <Button icon={<DeleteOutlined aria-hidden />} disabled={selected.size === 0} onClick={remove}>
        删除
      </Button>
      <ListExport source={EXPORT} conditions={gradeId ? { gradeId } : {}} />
    </>
  ) : null
  return (
    <PageFrame title="班级信息管理">
      <div className="xj-school">
        <GradeTree value={gradeId} onChange={setGradeId} />
        <ListPage<ClassLine, object>
          queryKey={['school', 'classes', gradeId ?? '']}
          settingsKey="school.classes"
          load={async (args) => pageOfAll(classLines(await loadStructure(), gradeId), args)}
          columns={CLASS_COLUMNS}
          rowKey={(row) => row.id}
          toolbar={toolbar}
          emptyText={mayChange ? '还没有班级，点“增加”可一次建立多个班' : undefined}
          {...(mayChange
            ? { selection: { mode: 'many', selected, onChange: setSelected, disabledRow: whyClassStays } }
            : {})}
        />
      </div>
      <AddClassesDialog open={adding} gradeId={gradeId} onClose={() => setAdding(false)} />
    </PageFrame>
  )
}

const whyClassStays = (row: ClassLine): string | undefined => (row.students > 0 ? '班级下有学生，不能删除' : undefined)
