import type { SchoolSummaryRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import type { ListColumn } from '../../../shared/list-page.tsx'
import { formatAge, formatCount } from '../../../shared/time.ts'

/** Which number was clicked: everything of the school, or one class of documents. */
export type SummaryPart = 'total' | 'resident' | 'overseas' | 'undocumented'

const PARTS: readonly (readonly [SummaryPart, string, number])[] = [
  ['total', '总数', 90],
  ['resident', '居民身份证人数', 130],
  ['overseas', '港澳台和外籍人数', 140],
  ['undocumented', '无身份证件人数', 130],
]

/** Schools with their counts (menu §2.4, REG-030); every number above zero leads to its students. */
export const summaryColumns = (
  open: (row: SchoolSummaryRow, part: SummaryPart) => void,
): readonly ListColumn<SchoolSummaryRow>[] => [
  { key: 'name', title: '学校名称', width: 280, fixed: 'left', render: (row) => row.orgName },
  {
    key: 'code',
    title: '学校标识码',
    width: 130,
    render: (row) => <span className="xj-number">{row.schoolCode}</span>,
  },
  ...PARTS.map(
    ([part, title, width]): ListColumn<SchoolSummaryRow> => ({
      key: part,
      title,
      width,
      align: 'right',
      render: (row) =>
        row[part] === 0 ? (
          <span className="xj-number xj-muted">0</span>
        ) : (
          <Button type="link" size="small" className="xj-reg-link xj-number" onClick={() => open(row, part)}>
            {formatCount(row[part])}
          </Button>
        ),
    }),
  ),
  {
    key: 'oldest',
    title: '最早一名已等待',
    width: 130,
    align: 'right',
    render: (row) => <span className="xj-number">{formatAge(row.oldestAt)}</span>,
  },
]
