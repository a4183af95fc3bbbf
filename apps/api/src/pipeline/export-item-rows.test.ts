import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { cellText } from '@xueji/contracts/template/cell-text'
import { rowTexts } from '@xueji/workbook/write/row-texts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SentText } from '../platform/sent-rows.ts'
import { type ItemColumn, itemRows } from './export-item-rows.ts'

type Item = { readonly id: string; readonly payload: SentText | null }

const { columns: FIELDS } = RESIDENT_NEWCOMER_TEMPLATE
const COLUMNS: ItemColumn<Item>[] = [{ own: ({ id }) => id }, ...FIELDS.map((filed) => ({ filed }))]

/** Values of a template's columns: codes that are and that are not, texts of every kind. */
const value = fc.oneof(
  fc.constantFrom('1', '2', '01', '44', '156', 'HAX', '是', '张三', '广东省韶关市（城区）1号', '', ' 边 ', 'a_x000D_b'),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('"', '\\', '\n', '<', '&', '学', '😀'), maxLength: 4 }),
)
const filed = fc.dictionary(fc.constantFrom(...FIELDS.map(({ key }) => key)), value, { maxKeys: FIELDS.length })

/** As the database has it: the second guardian's name lies in the second object of a list. */
function nested(flat: Readonly<Record<string, string>>): unknown {
  const values: Record<string, unknown> = {}
  const guardians: Record<string, string>[] = []
  for (const [key, text] of Object.entries(flat)) {
    const [, position, part] = /^guardians\.(\d)\.(.+)$/.exec(key) ?? []
    if (part === undefined) values[key] = text
    else {
      while (guardians.length <= Number(position)) guardians.push({})
      guardians[Number(position)]![part] = text
    }
  }
  return guardians.length > 0 ? { ...values, guardians } : values
}

/** As it comes, among other bytes. */
function sent(value: unknown): SentText {
  const json = Buffer.from(JSON.stringify(value))
  return { bytes: Buffer.concat([Buffer.from('"'), json, Buffer.from('x')]), from: 1, to: 1 + json.length }
}

test('every column is what the template would write of the value, whatever the value', () => {
  const rowsOf = itemRows(COLUMNS)
  fc.assert(
    fc.property(fc.array(filed, { maxLength: 5 }), (children) => {
      const items = children.map((flat, index) => ({ id: String(index), payload: sent(nested(flat)) }))
      const rows = rowsOf(items)
      expect(rows.length).toBe(items.length)
      expect(Array.from(rows, (row) => rowTexts(row, COLUMNS.length))).toEqual(
        children.map((flat, index) => [String(index), ...FIELDS.map((field) => cellText(field, flat[field.key]))]),
      )
    }),
    { numRuns: 500 },
  )
})

test('what no column asks for is not needed', () => {
  const rows = itemRows<Item>([{ own: ({ id }) => id }])([{ id: 'a', payload: null }])
  expect(Array.from(rows, (row) => rowTexts(row, 1))).toEqual([['a']])
})
