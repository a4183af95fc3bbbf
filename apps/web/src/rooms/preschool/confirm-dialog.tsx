import type { ArchiveCandidate, RosterRow } from '@xueji/contracts/rooms/preschool/preschool.api'
import type { ListColumn } from '../../shared/list-columns.ts'
import { MatchDialog } from '../../shared/newcomers/match-dialog.tsx'
import { ROSTER } from './preschool.queries.ts'

const COLUMNS: readonly ListColumn<ArchiveCandidate>[] = [
  { key: 'kindergarten', title: '幼儿园名称', width: 190, render: (one) => one.kindergartenName },
  { key: 'region', title: '幼儿园所属区县', width: 170, render: (one) => one.kindergartenRegion },
]

/** 学前学籍确认 (menu §2.1, PRE-007): an archive is known by its kindergarten. */
export const ConfirmDialog = (props: { line: RosterRow | undefined; onClose: () => void }) => (
  <MatchDialog {...props} list={ROSTER} columns={COLUMNS} width={980} maxHeight={300} />
)
