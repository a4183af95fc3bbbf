import type { ProgressView } from '@xueji/contracts/rooms/registration/progress.api'
import type { Actor } from '@xueji/domain/access/roles'
import type { PlainDate } from '@xueji/domain/kernel/plain-date'
import { registerDeadline } from '@xueji/domain/rooms/registration/register-deadline'
import { schoolYearOf } from '@xueji/domain/student/school-year'
import type { Executor } from '../../platform/db.ts'
import { refuse } from '../../platform/refusal.ts'
import { loadSettings } from '../../platform/settings.ts'
import { loadProgress, loadTrail } from './progress-store.ts'

/** The deadline of this school year's newcomers in a province (TIME-001). */
export async function deadlineFor(tx: Executor, orgPath: string, today: PlainDate) {
  const settings = await loadSettings(tx, orgPath)
  const entryYear = schoolYearOf(today)
  return { entryYear, deadline: registerDeadline(entryYear, settings['deadline.register'], today) }
}

/** 注册进度 below one organisation of the reader's range, his own when none is named. */
export async function viewProgress(
  tx: Executor,
  room: string,
  reader: Pick<Actor, 'orgId' | 'orgPath'>,
  orgId: string | undefined,
  today: PlainDate,
): Promise<ProgressView> {
  const { entryYear, deadline } = await deadlineFor(tx, reader.orgPath, today)
  const trail = await loadTrail(tx, reader.orgPath, orgId ?? reader.orgId)
  const above = trail.at(-1) ?? refuse('notFound')
  const rows = await loadProgress(tx, room, above, entryYear)
  return {
    entryYear,
    deadline,
    trail: trail.map(({ id, name }) => ({ id, name })),
    rows: rows.map(({ id, name, path: _, unfinishedSchools, ...row }) => ({
      orgId: id,
      orgName: name,
      ...row,
      overdue: deadline.overdue ? row.waiting + row.returned : 0,
      overdueSchools: deadline.overdue ? unfinishedSchools : 0,
    })),
  }
}
