import { MAX_COLUMNS } from '../column-letters.ts'
import { CELL_TYPE, TYPE_NAMES } from './cell-bytes.ts'
import { RefusedError } from './refusal.ts'
import { scanXml, type XmlAttributes } from './xml-text.ts'

export type SlowCell = {
  /** Undefined when the cell does not say; it then follows the one before. */
  readonly column: number | undefined
  readonly type: number
  readonly style: number
  readonly value: string
  /** Inline text: runs of rich text joined, phonetic readings dropped. */
  readonly inline: string
  readonly formula: boolean
}

/** A whole <c> element, read without haste. */
export function slowCell(xml: string): SlowCell {
  let cell: XmlAttributes | undefined
  let value = ''
  let inline = ''
  let formula = false
  let phonetic = 0
  let inside = ''
  let depth = 0
  const contents = new Set<string>()
  scanXml(xml, {
    open: (name, attributes) => {
      cell ??= attributes
      depth++
      // Only a child of the cell: what extensions hold is theirs. And one value only, or it is open which is meant.
      if (depth === 2 && (name === 'v' || name === 'is')) {
        if (contents.has(name)) throw new RefusedError('damaged', 'cell')
        contents.add(name)
      }
      if (depth === 2 && name === 'f') formula = true
      else if (name === 'rPh') phonetic++
      inside = name === 'v' && depth !== 2 ? '' : name
    },
    close: (name) => {
      depth--
      if (name === 'rPh') phonetic--
      inside = ''
    },
    text: (text) => {
      if (inside === 'v') value += text
      else if (inside === 't' && phonetic === 0) inline += text
    },
  })
  const type = TYPE_NAMES.indexOf(cell?.get('t') ?? 'n')
  return {
    column: columnOf(cell?.get('r')),
    type: type < 0 ? CELL_TYPE.NUMBER : type,
    style: Number(cell?.get('s') ?? 0),
    value,
    inline,
    formula,
  }
}

/** An address that is none gives a column beyond the last. */
function columnOf(address: string | undefined): number | undefined {
  if (address === undefined) return undefined
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(address)?.[0]
  if (letters === undefined) return MAX_COLUMNS
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 0x40
  return column - 1
}
