import type { ExportConditions } from '@xueji/contracts/pipeline/export.api'
import type { Executor } from '../platform/db.ts'
import type { ExportList, ExportReader, WrittenColumn } from './export-list.ts'

/** A column of a short list: key, header, width in characters, and the text of a row. */
export type TextColumn<Row> = readonly [key: string, header: string, width: number, text: (row: Row) => string | null]

/** Columns as they are offered and written, all usual; `personal` names those to be chosen with care (EXP-008). */
export const writtenColumns = <Row>(
  group: string,
  columns: readonly TextColumn<Row>[],
  personal: readonly string[] = [],
): WrittenColumn[] =>
  columns.map(([key, header, width]) => ({
    key,
    header,
    group,
    personal: personal.includes(key),
    usual: true,
    width,
  }))

/** Writes the chosen columns of a row. */
export function textsOf<Row>(
  columns: readonly TextColumn<Row>[],
  chosen: readonly string[],
): (row: Row) => readonly string[] {
  const writers = chosen.map((key) => columns.find(([name]) => name === key)![3])
  return (row) => writers.map((write) => write(row) ?? '')
}

/**
 * `count` and `read` of a list that is short by its nature (the classes of a school, the organisations below one): read once, by the statement its page is
 * read by, and handed on in pages.
 */
export function shortList<Row>(
  load: (db: Executor, reader: ExportReader, conditions: ExportConditions) => Promise<readonly Row[]>,
  columns: readonly TextColumn<Row>[],
): Pick<ExportList, 'count' | 'read'> {
  return {
    count: async (db, reader, conditions, most) => Math.min((await load(db, reader, conditions)).length, most),
    read: (reader, conditions, chosen) => {
      let rows: readonly Row[] | undefined
      const write = textsOf(columns, chosen)
      return async (db, after, limit) => {
        rows ??= await load(db, reader, conditions)
        const from = Number(after?.[0] ?? 0)
        const page = rows.slice(from, from + limit)
        return { rows: page.map(write), ...(page.length > 0 ? { last: [from + page.length] } : {}) }
      }
    },
  }
}

const CHINA_OFFSET_MILLIS = 8 * 3600_000

/** An instant as registrars read it: `2026-09-01 08:30`, in China. */
export const momentText = (at: Date): string =>
  new Date(at.getTime() + CHINA_OFFSET_MILLIS).toISOString().slice(0, 16).replace('T', ' ')
