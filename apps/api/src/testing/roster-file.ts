import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import type { RoomTemplate } from '@xueji/contracts/template/template'
import { rosterRow } from '@xueji/db/seed/roster'
import type { StudentValues } from '@xueji/domain/student/field-catalogue'
import { nodeCodec } from '@xueji/workbook/node/node-codec'
import { writeWorkbook } from '@xueji/workbook/write/workbook-stream'

/** A roster of a template, the residents' newcomers' when none is named, as bytes of an .xlsx; `edit` may spoil single rows on the way. */
export async function rosterFile(
  children: readonly StudentValues[],
  edit: (cells: Map<string, string>, index: number) => void = () => {},
  template: RoomTemplate = RESIDENT_NEWCOMER_TEMPLATE,
): Promise<Uint8Array> {
  const rows = children.map((child, index) => {
    const texts = rosterRow(template, child)
    const cells = new Map(template.columns.map((column, at) => [column.key, texts[at]!]))
    edit(cells, index)
    return template.columns.map((column) => cells.get(column.key) ?? '')
  })
  const columns = template.columns.map((column) => ({ header: column.header, text: true }))
  return writeWorkbook({ sheets: [{ kind: 'table', name: template.sheetName, columns, rows }] }, { codec: nodeCodec })
}
