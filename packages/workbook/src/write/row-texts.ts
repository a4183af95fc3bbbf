import type { PutRow } from './spec.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** The texts of a row by column, for who writes no workbook of them; '' for an empty cell. */
export function rowTexts(row: readonly string[] | PutRow, columns: number): string[] {
  const texts = new Array<string>(columns).fill('')
  if ('put' in row)
    row.put({
      text: (column, text) => {
        texts[column] = text
      },
      utf8: (column, bytes, from, to) => {
        texts[column] = decoder.decode(bytes.subarray(from, to))
      },
    })
  else for (const [column, text] of row.slice(0, columns).entries()) texts[column] = text
  return texts
}
