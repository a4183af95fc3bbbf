import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { describeItems } from './export-item-words.ts'
import type { ExportList } from './export-list.ts'
import { momentText, type TextColumn, textsOf, writtenColumns } from './export-whole.ts'
import { BATCH_COLUMNS, presentBatch, type StoredBatch } from './import-view.ts'
import type { Room } from './room.ts'

/** The columns of 文件上传记录 (menu §2.3, REG-006), in its words. */
const COLUMNS: readonly TextColumn<ImportBatchRow>[] = [
  ['fileName', '文件名', 36, (batch) => batch.fileName],
  ['uploadedAt', '上传时间', 18, (batch) => momentText(new Date(batch.uploadedAt))],
  ['result', '处理结果', 12, (batch) => batch.statusName],
  ['reason', '说明', 40, (batch) => batch.failure?.title ?? ''],
  ['category', '注册类别', 24, (batch) => batch.categoryName],
  ['total', '上传条数', 10, (batch) => String(batch.totalRows)],
  ['valid', '校验通过人数', 14, (batch) => String(batch.validRows)],
  ['invalid', '校验失败人数', 14, (batch) => String(batch.invalidRows)],
  ['uploader', '上传人', 12, (batch) => batch.uploaderName],
]

/** 文件上传记录 as a list to be exported: which files came in and what became of each, no child among them. */
export function importExport(room: Room): ExportList {
  const categoriesOf = (group: string | undefined): string[] =>
    room.entries.filter((entry) => !group || entry.group === group).map((entry) => entry.category)
  return {
    name: 'imports',
    title: `${room.title}文件上传记录`,
    readers: ['schoolRegistrar', 'schoolLeader', 'newcomerClerk'],
    askers: ['schoolRegistrar'],
    namesChildren: false,
    columns: writtenColumns('上传记录', COLUMNS),
    describe: (db, conditions) => describeItems(db, conditions),
    count: async (db, _reader, { group }, most) => {
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from (select 1 from import_batch where room = $1 and category = any($2::text[]) limit ${most}) as counted`,
        [room.name, categoriesOf(group)],
      )
      return row!.n
    },
    read: (_reader, { group }, chosen) => {
      const write = textsOf(COLUMNS, chosen)
      return async (db, after, limit) => {
        const batches = await db.query<StoredBatch>(
          `select ${BATCH_COLUMNS} from import_batch where room = $1 and category = any($2::text[]) and ($3::uuid is null or id < $3::uuid)
           order by org_path desc, id desc limit $4`,
          [room.name, categoriesOf(group), after?.[0] ?? null, limit],
        )
        const last = batches.at(-1)
        return { rows: batches.map((batch) => write(presentBatch(batch))), ...(last ? { last: [last.id] } : {}) }
      }
    },
  }
}
