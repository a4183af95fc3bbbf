import { CAUSE_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { CauseGroup } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { Actor } from '@xueji/domain/access/roles'
import { CAUSE_KINDS, findCauses, type LikelyCause } from '@xueji/domain/rooms/problem/problem-cause'
import { maskNumber } from '../../pipeline/item-view.ts'
import type { Executor, Transaction } from '../../platform/db.ts'
import { PROBLEM_TABLES, problemConditions } from './problem.filter.ts'
import { handlingsOf, type ListedParty, PARTY_COLUMNS } from './problem.list.ts'
import { loadComparison, loadNotices } from './problem.parties.ts'
import { pinyinOf } from './problem.pinyin.ts'

/** A school with more than this many has its first ones grouped; the rest come as these are answered. */
const MOST = 2_000

/**
 * The work list: what awaits a school's own hand, grouped by likely cause, so that one kind of slip is answered in one go (peers 6). Three statements,
 * whatever the number; a suggested number is one of the school's own child.
 */
export async function groupByCause(tx: Transaction, system: Executor, actor: Actor): Promise<CauseGroup[]> {
  const { where, values } = problemConditions('handle', { state: 'todo' }, actor)
  const rows = await tx.query<ListedParty>(
    `select ${PARTY_COLUMNS} from ${PROBLEM_TABLES} where ${where} order by m.org_path, m.group_id, m.student_id limit ${MOST}`,
    values,
  )
  const groupIds = [...new Set(rows.map((row) => row.groupId))]
  const compared = groupBy(await loadComparison(system, groupIds), (party) => party.groupId)
  const notices = groupBy(await loadNotices(system, groupIds), (notice) => notice.groupId)
  const found = rows.map((row) => {
    const causes = findCauses(compared.get(row.groupId) ?? [], { ...row, pinyinOf })
    return { row, cause: causes.find((cause) => cause.studentIds.includes(row.studentId)) ?? causes[0]! }
  })
  return CAUSE_KINDS.flatMap((kind) => {
    const own = found.filter(({ cause }) => cause.kind === kind)
    if (own.length === 0) return []
    return [
      {
        kind,
        ...CAUSE_WORDS[kind],
        count: own.length,
        rows: own.map(({ row, cause }) => ({
          groupId: row.groupId,
          studentId: row.studentId,
          studentName: row.studentName,
          gradeName: row.gradeName,
          className: row.className,
          identityNumber: maskNumber(row.identityNumber),
          suggestion: suggestionFor(row.studentId, cause),
          handlings: [...handlingsOf(row, notices.get(row.groupId) ?? [], actor)],
        })),
      },
    ]
  })
}

const suggestionFor = (studentId: string, cause: LikelyCause): string | null =>
  cause.studentIds.length === 1 && cause.studentIds[0] === studentId ? (cause.suggestion ?? null) : null

function groupBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const own = groups.get(keyOf(row))
    if (own) own.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
