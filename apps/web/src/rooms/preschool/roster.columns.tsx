import type { RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import { Button } from 'antd'
import { codeText } from '../../shared/code-text.ts'
import type { ListColumn } from '../../shared/list-page.tsx'
import { MaskedNumber } from '../../shared/masked-number.tsx'
import { formatDay } from '../../shared/time.ts'

type Column = ListColumn<RosterRow>

const person = (nameTitle: string): readonly Column[] => [
  { key: 'name', title: nameTitle, width: 96, fixed: 'left', render: (line) => line.name },
  { key: 'gender', title: '性别', width: 56, render: (line) => codeText('GENDER', line.gender) },
  {
    key: 'birth',
    title: '出生日期',
    width: 100,
    render: (line) => <span className="xj-number">{line.birthDate}</span>,
  },
  { key: 'idType', title: '身份证件类型', width: 130, render: (line) => codeText('IDTYPE', line.identityType) },
  { key: 'idNumber', title: '身份证件号', width: 170, render: (line) => <MaskedNumber value={line.identityNumber} /> },
]

const SUPPLEMENTED: Column = {
  key: 'supplemented',
  title: '是否完成补录',
  width: 108,
  render: (line) => codeText('SUPPLEMENT', line.supplemented ? '1' : '0'),
}

/** The columns of menu §2.1; 待确认 opens 学前学籍确认 where one may act. */
export const rosterColumns = (onConfirm: ((line: RosterRow) => void) | undefined): readonly Column[] => [
  ...person('姓名'),
  { key: 'match', title: '处理状态', width: 128, render: (line) => <MatchText line={line} onConfirm={onConfirm} /> },
  SUPPLEMENTED,
  {
    key: 'registration',
    title: '学籍注册状态',
    width: 108,
    render: (line) => (
      <span className={`xj-pre-registration-${line.registration}`}>
        {codeText('ROSTER_REGISTRATION', line.registration)}
      </span>
    ),
  },
  { key: 'file', title: '导入Excel名称', width: 150, hidden: true, render: (line) => line.importFileName ?? '' },
  {
    key: 'added',
    title: '录入日期',
    width: 100,
    hidden: true,
    render: (line) => <span className="xj-number">{formatDay(line.addedAt)}</span>,
  },
]

/** The columns of menu §2.2. */
export const SUPPLEMENT_COLUMNS: readonly Column[] = [
  ...person('学生姓名'),
  { key: 'match', title: '处理状态', width: 128, render: (line) => <MatchText line={line} onConfirm={undefined} /> },
  SUPPLEMENTED,
]

function MatchText({ line, onConfirm }: { line: RosterRow; onConfirm: ((line: RosterRow) => void) | undefined }) {
  const text = codeText('MATCH', line.match)
  const open = line.match === '2' && line.registration === '0' && onConfirm
  if (open)
    return (
      <Button type="link" size="small" danger className="xj-pre-unsure" onClick={() => open(line)}>
        {text}
      </Button>
    )
  return <span className={`xj-pre-match-${line.match}`}>{text}</span>
}
