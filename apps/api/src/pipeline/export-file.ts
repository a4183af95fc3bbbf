import type { Column, WorkbookSpec } from '@xueji/workbook/write/spec'
import { chinaDay } from '../platform/clock.ts'
import type { ExportList, ExportRows } from './export-list.ts'
import type { ExportJob } from './export-store.ts'

/** What the notes of a file tell of how it came about. */
type Origin = Pick<ExportJob, 'actor' | 'authoriserName' | 'conditionsText' | 'columns' | 'createdAt'>

/**
 * An export as a workbook: the rows, text in every cell, and a sheet that says who took it out, who authorised it and by which conditions, so that a file
 * found somewhere speaks for itself (EXP-010).
 */
export function exportWorkbook(
  origin: Origin,
  list: Pick<ExportList, 'title' | 'columns'>,
  pages: AsyncIterable<ExportRows>,
): WorkbookSpec {
  const { actor, authoriserName, conditionsText, createdAt } = origin
  return {
    title: list.title,
    creator: '学籍',
    createdAt: createdAt.toISOString(),
    fontName: '宋体',
    sheets: [
      { kind: 'table', name: list.title, columns: columnsOf(origin.columns, list), pages, autoFilter: true },
      {
        kind: 'notes',
        name: '导出说明',
        widths: [14, 80],
        lines: [
          { text: '导出说明', bold: true },
          { text: ['导出单位', actor.orgName] },
          { text: ['导出人', actor.displayName] },
          { text: ['授权人', authoriserName] },
          { text: ['导出时间', chinaTime(createdAt)] },
          { text: ['查询条件', conditionsText] },
          '',
          { text: '本文件含未成年人个人信息：谁导出谁负责、谁使用谁负责，不得转作他用，用后及时销毁。', red: true },
        ],
      },
    ],
  }
}

// Text format throughout: what is typed over a number later stays as typed, and nothing ever becomes a formula.
function columnsOf(keys: readonly string[], list: Pick<ExportList, 'columns'>): Column[] {
  return keys.flatMap((key) => {
    const column = list.columns.find((one) => one.key === key)
    return column ? [{ header: column.header, width: column.width, text: true }] : []
  })
}

/** Name of the file: the list, whose it is, the day. */
export const exportFileName = (list: Pick<ExportList, 'title' | 'file'>, orgName: string, now: Date): string =>
  `${list.title}-${orgName.replace(/[\p{Cc}\p{Cf}/\\:*?"<>|]/gu, '')}-${chinaDay(now).replaceAll('-', '')}.${list.file?.extension ?? 'xlsx'}`

const chinaTime = (at: Date): string =>
  `${chinaDay(at)} ${new Date(at.getTime() + 8 * 3600_000).toISOString().slice(11, 16)}`
