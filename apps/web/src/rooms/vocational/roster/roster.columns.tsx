import type { VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { ADMISSION_WORDS, LINE_WORDS, MATCH_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { Button } from 'antd'
import { codeText } from '../../../shared/code-text.ts'
import type { ListColumn } from '../../../shared/list-columns.ts'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { formatDay } from '../../../shared/time.ts'

/** By whom a senior school has the child, in words; '' where none has. */
export const admissionText = ({ admission, admittedBy }: VocationalRow): string =>
  admission ? `${ADMISSION_WORDS[admission]}（${admittedBy}）` : ''

/** The columns of 学籍调档; 待确认 opens 学籍确认. */
export const rosterColumns = (onConfirm: (line: VocationalRow) => void): readonly ListColumn<VocationalRow>[] => [
  { key: 'name', title: '姓名', width: 84, fixed: 'left', render: (line) => line.name },
  { key: 'gender', title: '性别', width: 50, render: (line) => codeText('GENDER', line.gender) },
  { key: 'birth', title: '出生日期', width: 96, render: (line) => <span className="xj-number">{line.birthDate}</span> },
  {
    key: 'idType',
    title: '身份证件类型',
    width: 110,
    hidden: true,
    render: (line) => codeText('IDTYPE', line.identityType),
  },
  { key: 'idNumber', title: '身份证件号', width: 168, render: (line) => <MaskedNumber value={line.identityNumber} /> },
  {
    key: 'studentNumber',
    title: '学籍号',
    width: 176,
    hidden: true,
    render: (line) => (line.studentNumber ? <MaskedNumber value={line.studentNumber} /> : ''),
  },
  {
    key: 'match',
    title: '识别结果',
    width: 98,
    render: (line) =>
      line.match === '2' && line.state === 'open' ? (
        <Button type="link" size="small" danger className="xj-voc-unsure" onClick={() => onConfirm(line)}>
          {MATCH_WORDS[line.match]}
        </Button>
      ) : (
        <span className={line.match === '3' ? 'xj-muted' : ''}>{MATCH_WORDS[line.match]}</span>
      ),
  },
  { key: 'state', title: '接续状态', width: 108, render: (line) => LINE_WORDS[line.state] },
  {
    key: 'notes',
    title: '提示',
    width: 400,
    render: (line) => (
      <>
        <span className="xj-voc-admitted">{admissionText(line)}</span>
        {line.admission && line.hindrance ? '；' : ''}
        <span className="xj-muted">{line.hindrance ?? ''}</span>
      </>
    ),
  },
  {
    key: 'decided',
    title: '办结日期',
    width: 96,
    render: (line) => <span className="xj-number">{line.decidedAt ? formatDay(line.decidedAt) : ''}</span>,
  },
  { key: 'by', title: '办理人', width: 90, hidden: true, render: (line) => line.decidedBy ?? '' },
  { key: 'file', title: '导入Excel名称', width: 150, hidden: true, render: (line) => line.importFileName ?? '' },
]
