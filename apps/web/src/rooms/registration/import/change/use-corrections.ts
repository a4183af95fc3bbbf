import { useQueryClient } from '@tanstack/react-query'
import type { CorrectionResponse, ImportBatchRow, StagedRow } from '@xueji/contracts/pipeline/import.api'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { ApiError } from '../../../../shared/api-client.ts'
import { useNotice } from '../../../../shared/notice.ts'
import { formatCount } from '../../../../shared/time.ts'
import { KEYS } from '../../registration.queries.ts'
import { keepBatch, sendCorrections, undoCorrection } from '../import.queries.ts'
import {
  type CellEdit,
  cellsOf,
  countEdits,
  type Edits,
  editCells,
  NO_EDITS,
  withoutRows,
  withoutSent,
} from './edit-buffer.ts'

const MOST_CELLS = 5_000
const STEPS_KEPT = 100

/** What is written into a batch and not yet sent, and what goes to the server: corrections, rows left out, the last step taken back. */
export function useCorrections(
  batch: ImportBatchRow,
  list: { rows: readonly StagedRow[]; take: (rows: readonly StagedRow[]) => void; reload: () => void },
) {
  const client = useQueryClient()
  const notice = useNotice()
  const [edits, setEdits] = useState<Edits>(NO_EDITS)
  const past = useRef<Edits[]>([])
  const [busy, setBusy] = useState(false)
  // The version the rows shown are of; any other is somebody else's doing.
  const version = useRef(batch.version)
  const onVersion = useEffectEvent((now: number) => {
    if (version.current === now || busy) return
    version.current = now
    list.reload()
  })
  useEffect(() => onVersion(batch.version), [batch.version])

  const take = (answer: CorrectionResponse): void => {
    version.current = answer.batch.version
    list.take(answer.rows)
    keepBatch(client, answer.batch)
    void client.invalidateQueries({ queryKey: KEYS.corrections(batch.id) })
  }
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      if (error instanceof ApiError && error.id === 'import.changed') {
        notice.warning('这份名单已被他人修改，已重新读取；您未保存的修改还在，请核对后再保存')
        list.reload()
        await client.invalidateQueries({ queryKey: KEYS.importDetail(batch.id) })
      } else notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  const keep = (next: Edits): void => {
    past.current = [...past.current.slice(-STEPS_KEPT), edits]
    setEdits(next)
  }

  return {
    edits,
    count: countEdits(edits),
    busy,
    edit: (changes: readonly CellEdit[]): void => keep(editCells(edits, changes)),
    /** Takes the last writing back that was not sent. */
    unwrite: (): void => {
      const before = past.current.pop()
      if (before) setEdits(before)
    },
    discard: (): void => keep(NO_EDITS),
    /** Sends what was written and has it checked: one step, or several of 5,000 cells. */
    save: (): Promise<void> =>
      run(async () => {
        const cells = cellsOf(edits)
        if (cells.length === 0) return
        let answer: CorrectionResponse | undefined
        const touched = new Map<number, StagedRow>()
        for (let at = 0; at < cells.length; at += MOST_CELLS) {
          const sent = cells.slice(at, at + MOST_CELLS)
          answer = await sendCorrections(batch.id, { version: version.current, cells: sent, drop: [], restore: [] })
          take(answer)
          setEdits((now) => withoutSent(now, sent))
          for (const row of answer.rows) touched.set(row.rowNumber, row)
        }
        past.current = []
        notice.success(tidings(list.rows, touched, answer!.batch))
      }),
    drop: (rowNumbers: readonly number[], dropped: boolean): Promise<void> =>
      run(async () => {
        const numbers = rowNumbers.slice(0, MOST_CELLS)
        take(
          await sendCorrections(batch.id, {
            version: version.current,
            cells: [],
            drop: dropped ? numbers : [],
            restore: dropped ? [] : numbers,
          }),
        )
        if (dropped) setEdits((now) => withoutRows(now, numbers))
        notice.success(dropped ? `已删除 ${numbers.length} 行，可在“已删除行”中恢复` : `已恢复 ${numbers.length} 行`)
      }),
    undo: (): Promise<void> =>
      run(async () => {
        take(await undoCorrection(batch.id, version.current))
        notice.success('已撤销上一步修改')
      }),
  }
}

/** How many rows are in order now that were not before. */
function tidings(before: readonly StagedRow[], touched: ReadonlyMap<number, StagedRow>, batch: ImportBatchRow): string {
  const mended = before.filter((row) => !row.valid && touched.get(row.rowNumber)?.valid).length
  const left = batch.invalidRows > 0 ? `还有 ${formatCount(batch.invalidRows)} 人有问题` : '全部通过校验'
  return `已保存并重新校验：改正 ${formatCount(mended)} 人，${left}`
}
