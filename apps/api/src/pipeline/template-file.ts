import { Readable } from 'node:stream'
import { codeTable } from '@xueji/contracts/codes/code-tables'
import { YESNO } from '@xueji/contracts/codes/student-codes'
import { offeredCodes, type RoomTemplate, type TemplateColumn } from '@xueji/contracts/template/template'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import type { Column, NoteLine, WorkbookSpec } from '@xueji/workbook/write/spec'
import { createWorkbookStream } from '@xueji/workbook/write/workbook-stream'

/** Rows the drop-down lists reach. */
const LAST_ROW = 5_000

/** What the file is made for: the school's own code goes into the example row, its own grades into the list of 年级. */
export type TemplateOwner = {
  readonly schoolCode: string
  /** This school year. */
  readonly entryYear: number
  /** Names of the grades to choose from; empty where there is nothing to choose. */
  readonly gradeNames: readonly string[]
}

/** The template as a workbook: red required headers, drop-down lists for coded columns, text format throughout, an example row, a notes sheet. */
export const templateWorkbook = (template: RoomTemplate, owner: TemplateOwner): Readable =>
  filledWorkbook(template, [template.columns.map((column) => exampleOf(column, owner))], owner.gradeNames)

/** The template with rows of texts already in it, to be completed and read back. */
export function filledWorkbook(
  template: RoomTemplate,
  rows: readonly (readonly string[])[],
  gradeNames: readonly string[] = [],
): Readable {
  const spec: WorkbookSpec = {
    title: template.title,
    creator: '学籍',
    fontName: '宋体',
    sheets: [
      {
        kind: 'table',
        name: template.sheetName,
        columns: tableColumns(template, gradeNames),
        rows,
        lastRow: Math.max(LAST_ROW, rows.length + 1),
      },
      { kind: 'notes', name: '填写说明', lines: noteLines(template), widths: [24, 8, 90] },
    ],
  }
  return Readable.from(createWorkbookStream(spec, { codec: nodeCodec }))
}

/** The columns of a template as a workbook shows them. */
export const tableColumns = (template: RoomTemplate, gradeNames: readonly string[] = []): Column[] =>
  template.columns.map((column) => toColumn(column, gradeNames))

function toColumn(column: TemplateColumn, gradeNames: readonly string[]): Column {
  const choices = column.key === 'gradeName' && gradeNames.length > 0 ? gradeNames : choicesOf(column)
  return {
    header: column.header,
    width: column.width,
    required: column.required,
    text: true,
    ...(choices ? { choices } : {}),
    ...(column.note ? { comment: column.note } : {}),
  }
}

/** Names offered in the drop-down list of a coded column. */
function choicesOf(column: TemplateColumn): readonly string[] | undefined {
  if (column.kind === 'yesNo') return YESNO.entries.map((entry) => entry.name)
  if (column.kind !== 'code') return undefined
  const entries = codeTable(column.codes ?? '').entries
  return entries.filter((entry) => offeredCodes(column)?.includes(entry.code) ?? true).map((entry) => entry.name)
}

function exampleOf(column: TemplateColumn, owner: TemplateOwner): string {
  if (column.key === 'schoolCode') return owner.schoolCode
  const [grade] = owner.gradeNames
  if (column.key === 'gradeName') return grade ?? column.example
  // The example of the month belongs to the example of the grade: 小学2024级.
  if (column.key === 'enrolledMonth') return `${/\d{4}/.exec(grade ?? '')?.[0] ?? owner.entryYear}09`
  return column.example
}

function noteLines(template: RoomTemplate): NoteLine[] {
  return [
    { text: `${template.title} 填写说明`, bold: true },
    ...template.notes,
    '',
    { text: ['列名', '必填', '说明'], bold: true },
    ...template.columns.map(
      (column): NoteLine => ({
        text: [column.header, column.required ? '是' : '', explain(column)],
        red: column.required,
      }),
    ),
  ]
}

function explain(column: TemplateColumn): string {
  const choices = choicesOf(column)
  const offered =
    choices && choices.length <= 20
      ? `可填：${choices.join('、')}`
      : choices
        ? `从下拉列表中选择（共 ${choices.length} 项）`
        : ''
  return [column.note, offered, column.max ? `最多 ${column.max} 个字符` : ''].filter(Boolean).join(';')
}
