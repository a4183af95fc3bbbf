import { numberKind } from './number-format.ts'
import { scanXml } from './xml-text.ts'

/** The number kind of every cell style, by the index that cells carry. */
export type CellStyles = Uint8Array

export const NO_STYLES: CellStyles = new Uint8Array(0)

/** Reads the styles part. Only number formats matter; fonts, fills and named styles are passed over. */
export function parseStyles(xml: string): CellStyles {
  const codes = new Map<number, string>()
  const formatIds: number[] = []
  let inCells = false
  let inFormats = false
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true
      else if (name === 'numFmts') inFormats = true
      // Conditional formats and table styles define formats too (<dxf>), by the same numbers and for themselves alone.
      else if (name === 'numFmt' && inFormats)
        codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
      else if (name === 'xf' && inCells) formatIds.push(Number(attributes.get('numFmtId') ?? 0))
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false
      else if (name === 'numFmts') inFormats = false
    },
  })
  const kinds = new Map<number, number>()
  return Uint8Array.from(formatIds, (id) => {
    const known = kinds.get(id) ?? numberKind(id, codes.get(id))
    kinds.set(id, known)
    return known
  })
}
