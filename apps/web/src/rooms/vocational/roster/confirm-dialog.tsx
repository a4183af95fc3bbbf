import type { RecordCandidate, VocationalRow } from '@xueji/contracts/rooms/vocational/vocational.api'
import { STAGE_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import type { ListColumn } from '../../../shared/list-columns.ts'
import { MaskedNumber } from '../../../shared/masked-number.tsx'
import { MatchDialog } from '../../../shared/newcomers/match-dialog.tsx'
import { ROSTER } from '../vocational.queries.ts'

const COLUMNS: readonly ListColumn<RecordCandidate>[] = [
  { key: 'number', title: '学籍号', width: 176, render: (one) => <MaskedNumber value={one.studentNumber} /> },
  { key: 'stage', title: '教育阶段', width: 72, render: (one) => (one.stage ? STAGE_WORDS[one.stage as 1] : '') },
  { key: 'where', title: '学籍所在', width: 170, render: (one) => one.where },
]

/** 学籍确认 (PRE-007, PRE-019): a record is known by its number, its stage and where it is. */
export const ConfirmDialog = (props: { line: VocationalRow | undefined; onClose: () => void }) => (
  <MatchDialog {...props} list={ROSTER} columns={COLUMNS} width={1020} maxHeight={320} />
)
