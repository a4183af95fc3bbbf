import { passes } from '@xueji/domain/kernel/issue'
import type { Transaction } from '../platform/db.ts'
import type { RowChecker } from './room.ts'
import type { ComparedValues, StagedIssue } from './row-stage.ts'

/** A staged row whose issues came or went because another one changed. */
export type IssueChange = {
  readonly rowNumber: number
  readonly before: readonly StagedIssue[]
  readonly after: readonly StagedIssue[]
}

type NearRow = {
  readonly row_number: number
  readonly compared: ComparedValues
  /** Only of rows that share a value with a corrected one. */
  readonly issues: readonly StagedIssue[] | null
}

/** Rows written by one statement: a roster of one value throughout moves as a whole. */
const CHUNK = 10_000

// Shared by one of these, two rows may be in one group; nothing else puts them there (COMPARED in row-stage).
const KEYS = ['identityNumber', 'auxiliaryNumber', 'seatNumber'] as const

/**
 * Compares anew the staged rows that share a value with rows that were corrected, as they were or as they are; `asked` holds both. Rows beyond them
 * cannot be concerned. Of theirs in turn every partner is loaded, so that each group is whole. Only short values travel, never a row; one statement
 * reads, one writes (of a file of one value: one for each ten thousand rows).
 */
export async function compareAgain(
  tx: Transaction,
  batchId: string,
  checker: RowChecker,
  asked: readonly ComparedValues[],
): Promise<readonly IssueChange[]> {
  const rows = await findNear(tx, batchId, asked)
  const found = checker.checkFile(rows.map((row) => ({ row: row.row_number, values: row.compared })))
  const changes = rows.flatMap(({ row_number, issues }): IssueChange[] => {
    if (!issues) return []
    const inFile = (found.get(row_number) ?? []).map((issue): StagedIssue => ({ ...issue, layer: 'file' }))
    const of = (layer: StagedIssue['layer']): StagedIssue[] => issues.filter((issue) => issue.layer === layer)
    const after = [...of(undefined), ...inFile, ...of('holder')]
    return sameIssues(issues, after) ? [] : [{ rowNumber: row_number, before: issues, after }]
  })
  for (let at = 0; at < changes.length; at += CHUNK) await writeIssues(tx, batchId, changes.slice(at, at + CHUNK))
  return changes
}

function findNear(tx: Transaction, batchId: string, asked: readonly ComparedValues[]): Promise<NearRow[]> {
  const valuesOf = (key: (typeof KEYS)[number]): string[] => [...new Set(asked.flatMap((values) => values[key] ?? []))]
  return tx.query<NearRow>(
    `with near as materialized (
       select row_number, compared, issues from import_row where batch_id = $1 and not dropped
         and (compared->>'identityNumber' = any($2::text[]) or compared->>'auxiliaryNumber' = any($3::text[]) or compared->>'seatNumber' = any($4::text[]))
     )
     select r.row_number, r.compared, near.issues from import_row r left join near using (row_number)
     where r.batch_id = $1 and not r.dropped and (near.row_number is not null
       or r.compared->>'identityNumber' in (select compared->>'identityNumber' from near)
       or r.compared->>'auxiliaryNumber' in (select compared->>'auxiliaryNumber' from near)
       or r.compared->>'seatNumber' in (select compared->>'seatNumber' from near))
     order by r.row_number`,
    [batchId, ...KEYS.map(valuesOf)],
  )
}

const writeIssues = (tx: Transaction, batchId: string, changes: readonly IssueChange[]): Promise<unknown> =>
  tx.query(
    `update import_row r set issues = w.issues, valid = w.valid
     from jsonb_to_recordset($2::jsonb) as w ("rowNumber" int, issues jsonb, valid boolean) where r.batch_id = $1 and r.row_number = w."rowNumber"`,
    [
      batchId,
      JSON.stringify(changes.map(({ rowNumber, after }) => ({ rowNumber, issues: after, valid: passes(after) }))),
    ],
  )

// Only comparison issues can differ here, by what they name and whom.
function sameIssues(before: readonly StagedIssue[], after: readonly StagedIssue[]): boolean {
  const text = ({ code, value, params }: StagedIssue): string => JSON.stringify([code, value ?? '', params?.rows ?? ''])
  const inFile = (issues: readonly StagedIssue[]): string =>
    issues
      .filter((issue) => issue.layer === 'file')
      .map(text)
      .sort()
      .join()
  return inFile(before) === inFile(after)
}
