import type { ProblemRow } from '@xueji/contracts/rooms/problem/problem.api'
import { faultText, HANDLING_WORDS, PROBLEM_TYPES } from '@xueji/contracts/rooms/problem/problem.words'
import { Button } from 'antd'
import { codeText } from '../../../shared/code-text.ts'
import type { ListColumn } from '../../../shared/list-page.tsx'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { formatAge } from '../../../shared/time.ts'

type Column = ListColumn<ProblemRow>

const TYPE: Column = { key: 'type', title: '问题学籍类型', width: 150, render: (row) => PROBLEM_TYPES[row.problemType] }
const SCHOOL: Column = { key: 'school', title: '学校名称', width: 170, render: (row) => row.schoolName }
const HANDLING: Column = {
  key: 'handling',
  title: '处理方式',
  width: 76,
  render: (row) => (row.handling ? HANDLING_WORDS[row.handling] : <span className="xj-none">—</span>),
}
const GRADE: Column = { key: 'grade', title: '年级名称', width: 100, render: (row) => row.gradeName }
const CLASS: Column = {
  key: 'class',
  title: '班级名称',
  width: 120,
  render: (row) => row.className ?? <span className="xj-muted">未分班</span>,
}
const NAME: Column = { key: 'name', title: '学生姓名', width: 90, fixed: 'left', render: (row) => row.studentName }
const GENDER: Column = { key: 'gender', title: '性别', width: 52, render: (row) => codeText('GENDER', row.gender) }
const ID_TYPE: Column = {
  key: 'idType',
  title: '身份证件类型',
  width: 106,
  render: (row) => codeText('IDTYPE', row.identityType),
}
const ID_NUMBER: Column = {
  key: 'idNumber',
  title: '身份证件号',
  width: 168,
  render: (row) => <MaskedNumber value={row.identityNumber} />,
}
const NUMBER: Column = {
  key: 'number',
  title: '学籍号',
  width: 176,
  render: (row) => <MaskedNumber value={row.studentNumber} />,
}
const FAULT: Column = {
  key: 'fault',
  title: '错误类型',
  width: 170,
  render: (row) => faultText(row.fault, row.isCrossProvince),
}
const OTHERS: readonly Column[] = [
  {
    key: 'otherProvince',
    title: '对方省份',
    width: 100,
    render: (row) => [...new Set(row.others.map((other) => other.provinceName))].join('、'),
  },
  {
    key: 'otherStatus',
    title: '对方处理状态',
    width: 160,
    render: (row) => row.others.map((other) => other.statusText).join('、'),
  },
]
const STATUS: Column = {
  key: 'status',
  title: '处理状态',
  width: 190,
  fixed: 'right',
  render: (row) => (
    <span className={row.isLocked ? 'xj-muted' : undefined}>
      {row.statusText}
      {row.isHistory ? '（历史）' : ''}
    </span>
  ),
}
const WAITING: Column = {
  key: 'waiting',
  title: '已等待',
  width: 80,
  align: 'right',
  render: (row) => <span className="xj-number">{formatAge(row.waitingSince)}</span>,
}

const view = (open: (row: ProblemRow) => void): Column => ({
  key: 'actions',
  title: '操作',
  width: 64,
  fixed: 'right',
  render: (row) => (
    <Button type="link" size="small" onClick={() => open(row)}>
      查看
    </Button>
  ),
})

type Options = { readonly isCross: boolean; readonly open: (row: ProblemRow) => void }
const others = (isCross: boolean): readonly Column[] => (isCross ? OTHERS : [])

/** 处理 (menu §3.1, §3.4). */
export const handleColumns = ({ isCross, open }: Options): readonly Column[] => [
  NAME,
  TYPE,
  GRADE,
  CLASS,
  GENDER,
  ID_TYPE,
  ID_NUMBER,
  NUMBER,
  FAULT,
  ...others(isCross),
  WAITING,
  STATUS,
  view(open),
]

/** 审核 (menu §3.2, §3.4). */
export const reviewColumns = ({ isCross, open }: Options): readonly Column[] => [
  NAME,
  TYPE,
  HANDLING,
  SCHOOL,
  GRADE,
  CLASS,
  GENDER,
  ID_TYPE,
  ID_NUMBER,
  NUMBER,
  ...others(isCross),
  WAITING,
  view(open),
]

/** 仲裁 (menu §3.3). */
export const arbitrateColumns = ({ isCross, open }: Options): readonly Column[] => [
  NAME,
  SCHOOL,
  GRADE,
  CLASS,
  TYPE,
  GENDER,
  ID_TYPE,
  ID_NUMBER,
  NUMBER,
  ...others(isCross),
  WAITING,
  view(open),
]

/** 问题学籍查询. */
export const searchColumns = (withSchool: boolean, open: (row: ProblemRow) => void): readonly Column[] => [
  NAME,
  ...(withSchool ? [SCHOOL] : []),
  TYPE,
  FAULT,
  GRADE,
  CLASS,
  ID_NUMBER,
  NUMBER,
  HANDLING,
  ...OTHERS,
  STATUS,
  view(open),
]
