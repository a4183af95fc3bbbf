import fc from 'fast-check'
import { expect, test } from 'vitest'
import { copyLine, type StagedRow } from './row-stage.ts'

/** A field of COPY's text format as PostgreSQL reads it. */
const readField = (field: string): string =>
  field.replace(/\\(.)/g, (_, character: string) => ({ t: '\t', n: '\n', r: '\r' })[character] ?? character)

const NASTY = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\\', '\\u0000', '\0', 'u0000', '\t', '\n', '\r', '"', '.', 'N', '学') }),
)

test('a row of any texts is one line of ten fields, each read back as it was but for NUL, which cannot be stored', () => {
  fc.assert(
    fc.property(NASTY, NASTY, NASTY, (cell, name, other) => {
      const row: StagedRow = {
        rowNumber: 2,
        cells: {},
        cellsText: JSON.stringify({ name: cell }),
        values: { name },
        issues: [{ code: 'shape.code', severity: 'error', field: 'name', value: other }],
        compared: { identityNumber: name },
      }
      const line = copyLine('id', 'batch', '44:4402', row)
      expect(line.indexOf('\n')).toBe(line.length - 1)
      const fields = line.slice(0, -1).split('\t')
      expect(fields).toHaveLength(10)
      const stored = (text: string): string => text.replaceAll('\0', '')
      const [cells, values, issues, compared] = fields.slice(4, 8).map((field) => JSON.parse(readField(field)))
      expect(cells).toEqual({ name: stored(cell) })
      expect(values).toEqual({ name: stored(name) })
      expect(issues[0].value).toBe(stored(other))
      expect(compared).toEqual({ identityNumber: stored(name) })
      expect(fields.slice(8)).toEqual(['\\N', 'f'])
    }),
    { numRuns: 1_000 },
  )
})
