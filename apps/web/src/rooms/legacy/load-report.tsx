import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import type { LegacyOutcome } from '@xueji/contracts/rooms/legacy/legacy.api'
import { refusedRows } from '../../shared/file-door/import-records.tsx'
import { formatCount } from '../../shared/time.ts'

type Figure = readonly [title: string, count: number]

/** What a load came to: students, student numbers, problem records, rows that stayed out. */
export function LoadReport({ batch }: { batch: ImportBatchRow }) {
  const outcome = (batch.outcome ?? {}) as Partial<LegacyOutcome>
  const count = (key: keyof LegacyOutcome): number => outcome[key] ?? 0
  const groups: readonly (readonly [string, readonly Figure[]])[] = [
    [
      '学生',
      [
        ['新增', count('created')],
        ['已有，更新', count('changed')],
        ['已有，无变化', count('unchanged')],
      ],
    ],
    [
      '新增学生的学籍号',
      [
        ['沿用', count('kept')],
        ['新分配', count('allotted')],
      ],
    ],
    [
      '历史问题学籍（组）',
      [
        ['身份证件号错误', count('wrongNumber')],
        ['身份证件号重复', count('sharedNumber')],
        ['姓名性别出生日期重复', count('samePerson')],
        ['并入已有组', count('joined')],
      ],
    ],
    ['没有导入', [['未通过', refusedRows(batch)]]],
  ]
  return (
    <div className="xj-leg-report" role="status" aria-label="导入结果">
      {groups.map(([title, figures]) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl>
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd className="xj-number">{formatCount(value)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  )
}
