import type { ConditionWords, ExportConditions } from '@xueji/contracts/pipeline/export.api'
import { IssueRowQuery, type RowIssue } from '@xueji/contracts/pipeline/import.api'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import type { Issue } from '@xueji/domain/kernel/issue'
import type { Executor } from '../platform/db.ts'
import { refuse } from '../platform/refusal.ts'
import type { ExportList } from './export-list.ts'
import { type TextColumn, textsOf, writtenColumns } from './export-whole.ts'
import { labelOf, presentIssue, presentIssues } from './import-view.ts'
import { findEntry, type Room } from './room.ts'

/** One issue of one row. */
type IssueLine = RowIssue & { readonly rowNumber: number; readonly name: string }

const SEVERITY_WORDS = { error: '必须改正', warning: '提醒' } as const

/** 问题明细 (REG-008): where, what is written there, what is wrong with it, and what to do. */
const COLUMNS: readonly TextColumn<IssueLine>[] = [
  ['rowNumber', '数据位置(行)', 14, (line) => String(line.rowNumber)],
  ['name', '姓名', 12, (line) => line.name],
  ['column', '列名', 20, (line) => line.label],
  ['value', '填写的内容', 26, (line) => line.value ?? ''],
  ['severity', '问题类别', 12, (line) => SEVERITY_WORDS[line.severity]],
  ['message', '问题说明', 44, (line) => line.message],
  ['advice', '怎么改', 44, (line) => line.advice],
]

/** The issues of a staged file as a list to be exported: one line an issue, in the order of rows and columns. */
export function issueExport(room: Room): ExportList {
  const batchOf = async (db: Executor, { importBatchId }: ExportConditions): Promise<Batch> => {
    // Rows have no range of their own: they are reached through their batch, which has one.
    const [batch] = importBatchId
      ? await db.query<{ id: string; name: string; category: string }>(
          'select id, file_name as name, category from import_batch where id = $1 and room = $2',
          [importBatchId, room.name],
        )
      : []
    return batch ? { ...batch, template: findEntry(room, batch.category)?.template } : refuse('notFound')
  }
  return {
    name: 'issues',
    title: `${room.title}导入问题明细`,
    readers: ['schoolRegistrar', 'schoolLeader', 'newcomerClerk'],
    columns: writtenColumns('导入问题', COLUMNS, ['value']),
    describe: async (db, conditions) => {
      const batch = await batchOf(db, conditions)
      const kind = kindOf(conditions)
      // In the words of one of them: what a code says depends on what stands in the cell.
      const [sample] = kind.code
        ? await db.query<{ issue: Issue }>(
            `select issue from import_row, jsonb_array_elements(issues) as issue where batch_id = $1 and issues <> '[]' and issue @> $2::jsonb limit 1`,
            [batch.id, JSON.stringify(kind)],
          )
        : []
      return describe(batch, kind, sample?.issue)
    },
    count: async (db, _reader, conditions, most) => {
      const { id } = await batchOf(db, conditions)
      const [row] = await db.query<{ n: number }>(
        `select count(*)::int as n from (select 1 from import_row, jsonb_array_elements(issues) as issue
           where batch_id = $1 and issues <> '[]' and not dropped and issue @> $2::jsonb limit ${most}) as counted`,
        [id, JSON.stringify(kindOf(conditions))],
      )
      return row!.n
    },
    read: (_reader, conditions, chosen) => {
      const kind = kindOf(conditions)
      const write = textsOf(COLUMNS, chosen)
      let batch: Batch | undefined
      return async (db, after, limit) => {
        batch ??= await batchOf(db, conditions)
        const rows = await db.query<StoredIssues>(
          `select row_number as "rowNumber", cells, issues from import_row where batch_id = $1 and row_number > $2 and issues <> '[]' and not dropped
             and issues @> $3::jsonb order by row_number limit $4`,
          [batch.id, after?.[0] ?? 0, JSON.stringify([kind]), limit],
        )
        const { template } = batch
        const last = rows.at(-1)
        return {
          // Each of these rows has an issue of the kind: as many rows as were asked for are never fewer lines.
          rows: rows.flatMap((row) => linesOf(row, kind, template)).map(write),
          ...(last ? { last: [last.rowNumber] } : {}),
        }
      }
    },
  }
}

type Batch = {
  readonly id: string
  readonly name: string
  readonly category: string
  readonly template: RoomTemplate | undefined
}
type StoredIssues = {
  readonly rowNumber: number
  readonly cells: Readonly<Record<string, string>>
  readonly issues: readonly Issue[]
}

const Kind = IssueRowQuery.pick({ code: true, field: true, severity: true })
type Kind = Pick<IssueRowQuery, 'code' | 'field' | 'severity'>

/** Which kind of issue is asked for; what is absent is not asked about. */
const kindOf = ({ own }: ExportConditions): Kind =>
  Kind.safeParse(own ?? {}).data ?? refuse('request.invalid', [{ field: 'own', message: '查询条件不符合要求' }])

const isOfKind = (issue: Issue, { code, field, severity }: Kind): boolean =>
  (!code || issue.code === code) && (!field || issue.field === field) && (!severity || issue.severity === severity)

const linesOf = (
  { rowNumber, cells, issues }: StoredIssues,
  kind: Kind,
  template: RoomTemplate | undefined,
): IssueLine[] =>
  presentIssues(
    issues.filter((issue) => isOfKind(issue, kind)),
    cells,
    template,
  ).map((issue) => ({ ...issue, rowNumber, name: cells.name ?? '' }))

function describe({ name, template }: Batch, { field, severity }: Kind, sample: Issue | undefined): ConditionWords[] {
  const words: [string, string | undefined][] = [
    ['导入文件', name],
    ['问题类别', severity && SEVERITY_WORDS[severity]],
    ['列名', field && labelOf(template, field)],
    ['问题说明', sample && presentIssue(sample, template).message],
  ]
  return words.flatMap(([label, text]) => (text ? [{ label, text }] : []))
}
