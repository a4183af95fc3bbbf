import fc from 'fast-check'
import { columnLetters } from '../column-letters.ts'
import { type TinyParts, tinyParts, workbookXml } from './tiny-workbook.ts'
import type { TinyEntry } from './tiny-zip.ts'

/**
 * Workbooks of cells in every way the format has of writing them, for comparing readers. What a cell is called tells what it tries, so that a
 * difference between readers can be allowed by that name.
 */

/** A cell as XML behind its address, and the name of what it tries. */
type CellSample = { readonly kind: string; readonly attributes: string; readonly inner: string }

export type SampleBook = {
  readonly rows: readonly (readonly (CellSample | undefined)[])[]
  readonly epoch1904: boolean
  /** Whether rows and cells say where they are. */
  readonly addressed: boolean
}

/** Number formats by style index, those of Chinese Excel among them. */
const FORMATS = [0, 14, 22, 20, 46, 31, 57, 164, 165, 166, 167, 168, 2, 49]
const CODES = {
  164: 'yyyy-mm-dd',
  165: 'yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;',
  166: '000000',
  167: '[Red]#,##0',
  168: 'yyyy-mm-dd hh:mm:ss',
}
const [DATES, TIMES, MOMENTS] = [
  [1, 5, 6, 7, 8],
  [3, 4],
  [2, 11],
]

const STRINGS = [
  ['shared', '<si><t>姓名</t></si>'],
  ['shared', '<si><t xml:space="preserve"> a &amp; b </t></si>'],
  ['shared rich', '<si><r><t>王</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 一</t></r></si>'],
  ['shared phonetic', '<si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/></si>'],
  ['shared empty', '<si><t/></si>'],
  ['shared escaped', '<si><t>a_x000D_\nb_x005F_x0041_</t></si>'],
  ['shared', '<si><t>last</t><phoneticPr fontId="1" type="noConversion"/></si>'],
] as const

const sample = (kind: string, attributes: string, inner: string): CellSample => ({ kind, attributes, inner })
const value = (raw: string | number) => `<v>${raw}</v>`
const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const TEXT = fc
  .string({ unit: fc.constantFrom(...'学籍王一男 aZ0&<>"\'=+-@，。😀é'), minLength: 1, maxLength: 12 })
  .filter((text) => text.trim() === text)
const SHARED = fc.nat({ max: STRINGS.length - 1 }).map((at) => sample(STRINGS[at]![0], ' t="s"', value(at)))
const INLINE = TEXT.map((text) => sample('inline', ' t="inlineStr"', `<is><t>${escapeXml(text)}</t></is>`))
const RICH = fc
  .tuple(TEXT, TEXT)
  .map(([a, b]) =>
    sample(
      'inline rich',
      ' t="inlineStr"',
      `<is><r><t>${escapeXml(a)}</t></r><r><rPr><b/></rPr><t>${escapeXml(b)}</t></r></is>`,
    ),
  )
const STR = TEXT.map((text) => sample('str', ' t="str"', value(escapeXml(text))))
const FORMULA_TEXT = TEXT.map((text) =>
  sample('formula text', ' t="str"', `<f>A1&amp;"x"</f>${value(escapeXml(text))}`),
)
const FORMULA_NUMBER = fc.integer().map((n) => sample('formula number', '', `<f>1+1</f>${value(n)}`))
const FORMULA_BARE = fc.constant(sample('formula never calculated', '', '<f>1+1</f>'))
const FORMULA_ERROR = fc.constant(sample('formula error', ' t="e"', '<f>1/0</f><v>#DIV/0!</v>'))
const WHOLE = fc.integer().map((n) => sample('whole', '', value(n)))
const LONG = fc.bigInt({ min: 10n ** 15n, max: 10n ** 18n }).map((n) => sample('long', '', value(n.toString())))
const FRACTION = fc
  .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 5 }))
  .map(([n, places]) => sample('fraction', '', value(n / 10 ** places)))
const BINARY = fc.double({ min: 0.001, max: 1e9, noNaN: true }).map((n) => sample('fraction', '', value(n)))
const EXPONENT = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: -6, max: 9 }))
  .map(([n, e]) => sample('exponent', '', value(`${n / 1000}E${e}`)))
const BOOLEAN = fc.boolean().map((b) => sample('boolean', ' t="b"', value(b ? 1 : 0)))
const ERROR = fc
  .constantFrom('#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!')
  .map((e) => sample('error', ' t="e"', value(e)))
const PADDED = fc.nat({ max: 99_999_999 }).map((n) => sample('zeros in front', ' s="9"', value(n)))
const DRESSED = fc
  .tuple(fc.nat(), fc.constantFrom(10, 12, 13))
  .map(([n, style]) => sample('dressed', ` s="${style}"`, value(n)))
const DAY = fc
  .tuple(fc.integer({ min: 61, max: 73_000 }), fc.constantFrom(...DATES))
  .map(([serial, style]) =>
    sample(style === 5 || style === 6 ? 'day of Chinese Excel' : 'day', ` s="${style}"`, value(serial)),
  )
const FIRST_DAYS = fc.integer({ min: 0, max: 60 }).map((serial) => sample('day of early 1900', ' s="7"', value(serial)))
const MOMENT = fc
  .tuple(fc.integer({ min: 61, max: 73_000 }), fc.nat({ max: 86_399 }), fc.constantFrom(...MOMENTS))
  .map(([serial, second, style]) => sample('moment', ` s="${style}"`, value(serial + second / 86_400)))
const TIME = fc
  .tuple(fc.nat({ max: 86_399 }), fc.constantFrom(...TIMES))
  .map(([second, style]) => sample('time', ` s="${style}"`, value(second / 86_400)))
const ISO = fc.integer({ min: 0, max: 60_000 }).map((day) => {
  const text = new Date(day * 86_400_000).toISOString().slice(0, 19)
  return sample('ISO day', ' s="7" t="d"', value(text))
})
const BLANK = fc.constant(sample('blank', ' s="1"', ''))

const CELL = fc.option(
  fc.oneof(
    ...[
      SHARED,
      INLINE,
      RICH,
      STR,
      FORMULA_TEXT,
      FORMULA_NUMBER,
      FORMULA_BARE,
      FORMULA_ERROR,
      WHOLE,
      LONG,
      FRACTION,
      BINARY,
    ],
    ...[EXPONENT, BOOLEAN, ERROR, PADDED, DRESSED, DAY, FIRST_DAYS, MOMENT, TIME, ISO, BLANK],
  ),
  { nil: undefined },
)

export const SAMPLE_BOOK: fc.Arbitrary<SampleBook> = fc.record({
  rows: fc.array(fc.array(CELL, { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
  epoch1904: fc.boolean(),
  addressed: fc.boolean(),
})

/** The book as the parts of an .xlsx. */
export function sampleParts({ rows, epoch1904, addressed }: SampleBook): TinyEntry[] {
  const xml = rows.map((cells, r) => {
    const inner = cells.map((cell, c) => {
      const address = addressed ? ` r="${columnLetters(c)}${r + 1}"` : ''
      if (cell === undefined) return addressed ? '' : '<c/>'
      return `<c${address}${cell.attributes}>${cell.inner}</c>`
    })
    return `<row${addressed ? ` r="${r + 1}"` : ''}>${inner.join('')}</row>`
  })
  const parts: TinyParts = {
    rows: xml.join(''),
    strings: STRINGS.map(([, item]) => item).join(''),
    formats: FORMATS,
    codes: CODES,
    workbook: workbookXml(undefined, epoch1904 ? '<workbookPr date1904="1"/>' : ''),
    more: [{ name: '[Content_Types].xml', data: CONTENT_TYPES }],
  }
  return tinyParts(parts)
}

/** Not needed by our reader, but by others. */
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const CONTENT_TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  [
    ['workbook', 'sheet.main'],
    ['worksheets/sheet1', 'worksheet'],
    ['sharedStrings', 'sharedStrings'],
    ['styles', 'styles'],
  ]
    .map(([part, type]) => `<Override PartName="/xl/${part}.xml" ContentType="${TYPE}.${type}+xml"/>`)
    .join('') +
  '</Types>'
