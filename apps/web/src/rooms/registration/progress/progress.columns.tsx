import type { ProgressRow } from '@xueji/contracts/rooms/registration/progress.api'
import { photoShare, shareText, unfinishedOf, verifiedShare } from '@xueji/contracts/rooms/registration/progress-rows'
import { Button } from 'antd'
import { Link } from 'react-router'
import type { ListColumn } from '../../../shared/list-page.tsx'
import { formatCount } from '../../../shared/time.ts'

type Column = ListColumn<ProgressRow>
type Status = 'effective' | 'returned'

const digits = (count: number, tone = '') => (
  <span className={`xj-number ${count === 0 ? 'xj-muted' : tone}`}>{formatCount(count)}</span>
)

/** A number of a school leads to its students in 学籍注册查询 (REG-030); that of a bureau is only a number. */
const counted = (row: ProgressRow, count: number, status?: Status, tone = '') =>
  row.level === 'school' && count > 0 ? (
    <Link className="xj-number" to={`/registration/search?schoolId=${row.orgId}${status ? `&status=${status}` : ''}`}>
      {formatCount(count)}
    </Link>
  ) : (
    digits(count, tone)
  )

/** The columns of 注册进度; a bureau's name leads one level down. */
export const progressColumns = (open: (row: ProgressRow) => void): readonly Column[] => [
  {
    key: 'name',
    title: '机构名称',
    width: 260,
    fixed: 'left',
    render: (row) =>
      row.level === 'school' ? (
        row.orgName
      ) : (
        <Button type="link" size="small" className="xj-reg-link" onClick={() => open(row)}>
          {row.orgName}
        </Button>
      ),
  },
  { key: 'schools', title: '学校数', width: 84, align: 'right', render: (row) => digits(row.schools) },
  {
    key: 'total',
    title: '新生总数',
    width: 100,
    align: 'right',
    render: (row) => counted(row, row.registered + unfinishedOf(row)),
  },
  {
    key: 'registered',
    title: '已注册',
    width: 100,
    align: 'right',
    render: (row) => counted(row, row.registered, 'effective'),
  },
  { key: 'waiting', title: '办理中', width: 100, align: 'right', render: (row) => digits(row.waiting) },
  {
    key: 'returned',
    title: '退回待修改',
    width: 110,
    align: 'right',
    render: (row) => counted(row, row.returned, 'returned'),
  },
  {
    key: 'overdue',
    title: '超期未完成',
    width: 110,
    align: 'right',
    render: (row) => digits(row.overdue, 'xj-tone-error'),
  },
  {
    key: 'overdueSchools',
    title: '超期学校数',
    width: 110,
    align: 'right',
    render: (row) => digits(row.overdueSchools, 'xj-tone-error'),
  },
  {
    key: 'verified',
    title: '认证率',
    width: 90,
    align: 'right',
    render: (row) => <span className="xj-number">{shareText(verifiedShare(row))}</span>,
  },
  {
    key: 'photographed',
    title: '照片率',
    width: 90,
    align: 'right',
    render: (row) => <span className="xj-number">{shareText(photoShare(row))}</span>,
  },
]
