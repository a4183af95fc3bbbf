import type { ListColumn } from '../../shared/list-page.tsx'
import { formatCount } from '../../shared/time.ts'
import type { Grade } from './structure.queries.ts'
import { stageText } from './structure.ts'

/** Columns of 年级信息管理 (fields 3.4). */
export const GRADE_COLUMNS: readonly ListColumn<Grade>[] = [
  { key: 'name', title: '年级名称', width: 160, fixed: 'left', render: (row) => row.name },
  { key: 'levelName', title: '常规名称', width: 140, render: (row) => row.levelName },
  { key: 'stage', title: '教育阶段', width: 100, render: (row) => stageText(row.stage) },
  {
    key: 'entryYear',
    title: '入学年份',
    width: 100,
    align: 'right',
    render: (row) => <span className="xj-number">{row.entryYear}</span>,
  },
  { key: 'classes', title: '班级数', width: 90, align: 'right', render: (row) => formatCount(row.classes.length) },
  { key: 'students', title: '学生数', width: 90, align: 'right', render: (row) => formatCount(row.students) },
]
