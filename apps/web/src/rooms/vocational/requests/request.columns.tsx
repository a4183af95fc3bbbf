import { REQUEST_WORDS, STAGE_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import type { RequestRow } from '@xueji/contracts/rooms/vocational/vocational-request.api'
import { codeText } from '../../../shared/code-text.ts'
import type { ListColumn } from '../../../shared/list-columns.ts'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { formatDay } from '../../../shared/time.ts'

type Column = ListColumn<RequestRow>

const PERSON: readonly Column[] = [
  { key: 'name', title: '学生姓名', width: 84, fixed: 'left', render: (row) => row.studentName },
  { key: 'gender', title: '性别', width: 50, render: (row) => codeText('GENDER', row.gender) },
  { key: 'idNumber', title: '身份证件号', width: 168, render: (row) => <MaskedNumber value={row.identityNumber} /> },
  {
    key: 'number',
    title: '学籍号',
    width: 176,
    render: (row) => (row.studentNumber ? <MaskedNumber value={row.studentNumber} /> : ''),
  },
]
const STATE: readonly Column[] = [
  { key: 'school', title: '调档中职学校', width: 190, render: (row) => row.vocationalSchoolName },
  { key: 'region', title: '所在省', width: 84, render: (row) => row.vocationalRegion },
  { key: 'state', title: '调档状态', width: 130, render: (row) => REQUEST_WORDS[row.state] },
]
const GRADE: readonly Column[] = [
  { key: 'grade', title: '年级', width: 100, render: (row) => row.gradeName },
  { key: 'class', title: '班级', width: 110, hidden: true, render: (row) => row.className },
]
const day = (key: string, title: string, of: (row: RequestRow) => string | null): Column => {
  const text = (row: RequestRow): string => formatDay(of(row) ?? '')
  return { key, title, width: 96, render: (row) => <span className="xj-number">{of(row) ? text(row) : ''}</span> }
}
const ASKED = day('asked', '调档日期', (row) => row.askedAt)
const DECIDED = day('decided', '办结日期', (row) => row.decidedAt)

/** What became of a child whom a senior school had admitted. */
export function outcomeText({ state, effect }: Pick<RequestRow, 'state' | 'effect'>): string {
  if (effect === 'left') return '学籍已转往中职，就读状态为去中职就读'
  if (effect === 'ended') return '在办的注册已终止'
  return state === 'stopped' ? '中职放弃接续，学籍不动' : '等待中职学校选择是否接续'
}

const hidden = (columns: readonly Column[], ...keys: string[]): readonly Column[] =>
  columns.map((column) => (keys.includes(column.key) ? { ...column, hidden: true } : column))

/** The columns of 重复录取处理: what was done stands beside the child. */
export const DUPLICATE_COLUMNS: readonly Column[] = [
  ...hidden([...PERSON, ...GRADE, ...STATE], 'gender', 'number', 'region'),
  { key: 'outcome', title: '处理结果', width: 260, render: outcomeText },
  DECIDED,
  {
    key: 'seen',
    title: '知悉',
    width: 150,
    render: (row) =>
      row.acknowledgedAt
        ? `${row.acknowledgedBy} ${formatDay(row.acknowledgedAt)}`
        : row.state === 'continued'
          ? '待知悉'
          : '',
  },
]

/** The columns of 中职调档查询; bureaus see the school. */
export const requestColumns = (withSchool: boolean): readonly Column[] => [
  ...PERSON,
  ...(withSchool ? [{ key: 'own', title: '学校名称', width: 180, render: (row: RequestRow) => row.schoolName }] : []),
  {
    key: 'stage',
    title: '教育阶段',
    width: 72,
    render: (row) => (row.stage ? STAGE_WORDS[row.stage as 1] : ''),
  },
  ...GRADE,
  ...STATE,
  { key: 'admitted', title: '普通高中录取', width: 96, render: (row) => (row.admitted ? '已录取' : '') },
  ASKED,
  DECIDED,
]
