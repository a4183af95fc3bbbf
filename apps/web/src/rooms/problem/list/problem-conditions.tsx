import { HANDLING_WORDS, PROBLEM_TYPES } from '@xueji/contracts/rooms/problem/problem.words'
import { Form, Input, Select } from 'antd'

const YES_NO = [
  { value: true, label: '是' },
  { value: false, label: '否' },
]
const STATES = [
  { value: 'todo', label: '待处理' },
  { value: 'reviewing', label: '审核中' },
  { value: 'returned', label: '审核退回' },
  { value: 'locked', label: '待对方先处理（锁定）' },
  { value: 'attested', label: '已佐证，待对方处理' },
  { value: 'arbitration', label: '待仲裁' },
  { value: 'lost', label: '仲裁不通过' },
  { value: 'ended', label: '已结束' },
]
const FAULTS = [
  { value: 'checkCharacter', label: '校验位错误' },
  { value: 'notFound', label: '公安部校验不通过：身份证号不存在' },
  { value: 'nameMismatch', label: '公安部校验不通过：身份证号与姓名不匹配' },
  { value: 'duplicate', label: '省内重复、跨省重复' },
]

type Field =
  | 'problemType'
  | 'schoolName'
  | 'schoolCode'
  | 'gradeName'
  | 'className'
  | 'studentName'
  | 'identityNumber'
  | 'studentNumber'
  | 'fault'
  | 'handling'
  | 'isLocked'
  | 'state'
  | 'isHistory'

const text = (name: Field, label: string, maxLength: number) => (
  <Form.Item key={name} name={name} label={label}>
    <Input allowClear maxLength={maxLength} />
  </Form.Item>
)
const choice = (name: Field, label: string, options: { value: string | number | boolean; label: string }[]) => (
  <Form.Item key={name} name={name} label={label}>
    <Select allowClear placeholder="请选择" options={options} />
  </Form.Item>
)

const FIELDS: Record<Field, () => React.ReactElement> = {
  problemType: () =>
    choice(
      'problemType',
      '问题学籍类型',
      Object.entries(PROBLEM_TYPES).map(([value, label]) => ({ value: Number(value), label })),
    ),
  schoolName: () => text('schoolName', '学校名称', 100),
  schoolCode: () => text('schoolCode', '学校标识码', 10),
  gradeName: () => text('gradeName', '年级名称', 30),
  className: () => text('className', '班级名称', 30),
  studentName: () => text('studentName', '学生姓名', 50),
  identityNumber: () => text('identityNumber', '身份证件号', 30),
  studentNumber: () => text('studentNumber', '全国学籍号', 30),
  fault: () => choice('fault', '错误类型', FAULTS),
  handling: () =>
    choice(
      'handling',
      '处理方式',
      Object.entries(HANDLING_WORDS).map(([value, label]) => ({ value, label })),
    ),
  isLocked: () => choice('isLocked', '是否锁定', YES_NO),
  state: () => choice('state', '处理状态', STATES),
  isHistory: () => choice('isHistory', '历史问题学籍', YES_NO),
}

/** Conditions of the lists in the order given (menu §3.1–3.4). */
export function ProblemConditions({ fields }: { fields: readonly Field[] }) {
  return <>{fields.map((field) => FIELDS[field]())}</>
}

/** menu §3.1. */
export const HANDLE_FIELDS: readonly Field[] = [
  'problemType',
  'gradeName',
  'className',
  'studentName',
  'identityNumber',
  'studentNumber',
  'fault',
  'isLocked',
  'state',
  'isHistory',
]

/** menu §3.2. */
export const REVIEW_FIELDS: readonly Field[] = [
  'problemType',
  'schoolName',
  'schoolCode',
  'studentName',
  'identityNumber',
  'studentNumber',
  'handling',
  'fault',
  'isLocked',
  'gradeName',
]

/** menu §3.3. */
export const ARBITRATE_FIELDS: readonly Field[] = ['schoolName', 'studentName']

/** 问题学籍查询: all of them. */
export const SEARCH_FIELDS = Object.keys(FIELDS) as readonly Field[]
