import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { ProgressConditions, type ProgressRow } from '@xueji/contracts/rooms/registration/progress.api'
import {
  ONLY_WORDS,
  PROGRESS_ORDERS,
  photoShare,
  progressRows,
  shareText,
  unfinishedOf,
  verifiedShare,
} from '@xueji/contracts/rooms/registration/progress-rows'
import { BUREAU_REGISTRARS } from '@xueji/domain/access/roles'
import type { ExportList } from '../../pipeline/export-list.ts'
import { shortList, type TextColumn, writtenColumns } from '../../pipeline/export-whole.ts'
import { chinaDay } from '../../platform/clock.ts'
import { refuse } from '../../platform/refusal.ts'
import { viewProgress } from './progress.view.ts'

/** The columns of 注册进度 (menu §2.6), in its words. */
const COLUMNS: readonly TextColumn<ProgressRow>[] = [
  ['name', '机构名称', 30, (row) => row.orgName],
  ['schools', '学校数', 10, (row) => String(row.schools)],
  ['total', '新生总数', 12, (row) => String(row.registered + unfinishedOf(row))],
  ['registered', '已注册', 12, (row) => String(row.registered)],
  ['waiting', '办理中', 12, (row) => String(row.waiting)],
  ['returned', '退回待修改', 12, (row) => String(row.returned)],
  ['overdue', '超期未完成', 12, (row) => String(row.overdue)],
  ['overdueSchools', '超期学校数', 12, (row) => String(row.overdueSchools)],
  ['verified', '认证率', 10, (row) => shareText(verifiedShare(row))],
  ['photographed', '照片率', 10, (row) => shareText(photoShare(row))],
]

/** 注册进度 as a list to be exported: counts by organisation, no child among them. */
export const progressExport = (room: string): ExportList => ({
  name: 'progress',
  title: '注册进度',
  readers: BUREAU_REGISTRARS,
  askers: BUREAU_REGISTRARS,
  namesChildren: false,
  columns: writtenColumns('注册进度', COLUMNS),
  describe: async (db, conditions) => {
    const { orgId, name, only, order } = parseOwn(conditions)
    const [above] = orgId
      ? await db.query<{ name: string }>('select name from organization where id = $1', [orgId])
      : []
    const words: [string, string | undefined][] = [
      ['上级机构', above?.name],
      ['机构名称', name],
      ['只看', only && ONLY_WORDS[only]],
      ['排序', PROGRESS_ORDERS.find(({ value }) => value === order)?.label],
    ]
    return words.flatMap(([label, text]): ConditionWords[] => (text ? [{ label, text }] : []))
  },
  ...shortList(async (db, reader, conditions) => {
    const { orgId, ...filter } = parseOwn(conditions)
    const { rows } = await viewProgress(db, room, reader, orgId, chinaDay(reader.now))
    return progressRows(rows, filter)
  }, COLUMNS),
})

const parseOwn = ({ own }: ExportConditions): ProgressConditions =>
  ProgressConditions.safeParse(own ?? {}).data ??
  refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])
