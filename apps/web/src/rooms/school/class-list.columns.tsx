import { codeText } from '../../shared/code-text.ts'
import type { ListColumn } from '../../shared/list-page.tsx'
import { formatCount } from '../../shared/time.ts'
import type { ClassLine } from './structure.ts'

/** Columns of 班级信息管理 (fields 3.5). */
export const CLASS_COLUMNS: readonly ListColumn<ClassLine>[] = [
  {
    key: 'classNumber',
    title: '班号',
    width: 100,
    fixed: 'left',
    render: (row) => <span className="xj-number">{row.classNumber}</span>,
  },
  { key: 'name', title: '班级名称', width: 160, render: (row) => row.name },
  { key: 'grade', title: '年级', width: 130, render: (row) => row.grade.levelName },
  { key: 'classType', title: '班级类型', width: 130, render: (row) => codeText('CLASSTYPE', row.classType) },
  {
    key: 'headTeacher',
    title: '班主任',
    width: 100,
    render: (row) => row.headTeacherName ?? <span className="xj-none">—</span>,
  },
  { key: 'students', title: '学生数', width: 80, align: 'right', render: (row) => formatCount(row.students) },
]
