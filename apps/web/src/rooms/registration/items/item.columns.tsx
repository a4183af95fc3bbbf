import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { codeText } from '../../../shared/code-text.ts'
import type { ListColumn } from '../../../shared/list-page.tsx'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { formatAge, formatDay } from '../../../shared/time.ts'
import { CheckTag } from './check-tag.tsx'
import { ProblemMark, StatusText } from './status-text.tsx'

type Column = ListColumn<ItemRow>
const digits = (text: string) => <span className="xj-number">{text}</span>

const NAME: Column = {
  key: 'name',
  title: '学生姓名',
  width: 100,
  fixed: 'left',
  render: (item) => item.studentName,
}
const GENDER: Column = { key: 'gender', title: '性别', width: 56, render: (item) => codeText('GENDER', item.gender) }
const BIRTH: Column = { key: 'birth', title: '出生日期', width: 100, render: (item) => digits(item.birthDate) }
const ID_TYPE: Column = {
  key: 'idType',
  title: '身份证件类型',
  width: 110,
  render: (item) => codeText('IDTYPE', item.identityType),
}
const ID_NUMBER: Column = {
  key: 'idNumber',
  title: '身份证件号',
  width: 170,
  render: (item) => <MaskedNumber value={item.identityNumber} />,
}
const GRADE: Column = { key: 'grade', title: '年级名称', width: 100, render: (item) => item.gradeName }
const CLASS: Column = {
  key: 'class',
  title: '班级名称',
  width: 120,
  render: (item) => item.className ?? <span className="xj-muted">未分班</span>,
}
const CHECK: Column = {
  key: 'check',
  title: '查重认证状态',
  width: 170,
  render: (item) => <CheckTag item={item} />,
}
const APPLIED: Column = {
  key: 'applied',
  title: '录入日期',
  width: 100,
  render: (item) => digits(formatDay(item.appliedAt)),
}
const WAITING: Column = {
  key: 'waiting',
  title: '已等待',
  width: 90,
  align: 'right',
  hidden: true,
  render: (item) => digits(formatAge(item.waitingSince)),
}

/** The nine columns of the review and escalation lists (menu §2.4, §2.5); how long an item has waited can be turned on. */
export const REVIEW_COLUMNS: readonly Column[] = [
  NAME,
  GENDER,
  BIRTH,
  ID_TYPE,
  ID_NUMBER,
  GRADE,
  CLASS,
  CHECK,
  APPLIED,
  WAITING,
]

/** The columns of 学籍注册查询 (menu §2.6); bureaus see the school too. */
export const searchColumns = (withSchool: boolean, actions: Column): readonly Column[] => [
  { ...NAME, title: '姓名', width: 86 },
  ...(withSchool ? [{ key: 'school', title: '学校名称', width: 190, render: (item: ItemRow) => item.orgName }] : []),
  GENDER,
  { ...ID_TYPE, width: 104 },
  ID_NUMBER,
  {
    key: 'studentNumber',
    title: '学籍号',
    width: 220,
    render: (item) => (
      <span className="xj-reg-pair">
        <MaskedNumber value={item.studentNumber} /> <ProblemMark item={item} />
      </span>
    ),
  },
  { key: 'category', title: '注册类别', width: 170, render: (item) => codeText('REGCAT', item.category) },
  { ...GRADE, title: '年级' },
  { ...CLASS, title: '班级' },
  CHECK,
  APPLIED,
  // Where a registration stands is what one comes here for: it stays in view however narrow the window is.
  {
    key: 'status',
    title: '当前环节/状态',
    width: 190,
    fixed: 'right',
    render: (item) => <StatusText item={item} />,
  },
  actions,
]
