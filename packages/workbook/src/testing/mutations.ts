import { odsContent, tinyOds } from './tiny-ods.ts'
import { tinyParts } from './tiny-workbook.ts'
import { type TinyEntry, type TinyZipOptions, tinyZip } from './tiny-zip.ts'

/** Damaged files by number: the same number is the same file for ever. */

/** A workbook with a bit of everything. */
const ROWS = Array.from(
  { length: 30 },
  (_, i) =>
    `<row r="${i + 1}"><c r="A${i + 1}" t="s"><v>${i % 4}</v></c><c r="B${i + 1}" s="1"><v>${45_000 + i}</v></c>` +
    `<c r="C${i + 1}" t="inlineStr"><is><t>学籍&amp;${i}</t></is></c><c r="D${i + 1}"><f>A1</f><v>1.5</v></c></row>`,
).join('')
const STRINGS =
  '<si><t>男</t></si><si><r><t>a</t></r><r><t>b</t></r></si><si><t>c</t><phoneticPr fontId="1"/></si><si><t xml:space="preserve"> d </t></si>'
const XLSX = tinyParts({ rows: ROWS, strings: STRINGS, formats: [0, 14, 165], codes: { 165: '0000' } })
const ODS_ROW =
  '<table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="string"><text:p>学籍<text:s text:c="3"/>&amp;</text:p></table:table-cell>' +
  '<table:table-cell table:number-columns-repeated="3" office:value-type="date" office:date-value="2018-09-01"/></table:table-row>'
const ODS: TinyEntry[] = [
  { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
  { name: 'content.xml', data: odsContent(ODS_ROW.repeat(20)) },
]
const CSV = new TextEncoder().encode('姓名,"民,族",备注\r\n王一,汉族,"a""b\n"\r\n'.repeat(20))

/** Pieces of XML that mean something, put where they do not belong. */
const TOKENS = [
  '<',
  '>',
  '/>',
  '"',
  '</c>',
  '<c>',
  '<row>',
  '</row>',
  '<!--',
  '-->',
  '<![CDATA[',
  '&',
  '&#x41;',
  ' r="',
  ' t="s"',
  '<v>',
  '\u0000',
  ']]>',
]
const NUMBERS = ['-1', '0', '1e9', 'NaN', '4294967295', '99999999999999999999', '1048577', '0.5', '']

/** A whole number from 0 below `below`. */
export type Chance = (below: number) => number

/** Even chances from a number (mulberry32). */
export function chanceOf(seed: number): Chance {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

const KINDS: readonly ((chance: Chance, parts: readonly TinyEntry[]) => Uint8Array)[] = [
  (chance, parts) => flip(tinyZip(parts), chance),
  (chance, parts) => {
    const whole = tinyZip(parts)
    return whole.subarray(0, chance(whole.length))
  },
  (chance, parts) => tinyZip(changeOne(parts, chance, (text) => flip(new TextEncoder().encode(text), chance))),
  (chance, parts) => tinyZip(changeOne(parts, chance, (text) => movePiece(text, chance))),
  (chance, parts) => tinyZip(changeOne(parts, chance, (text) => mangle(text, chance))),
  (chance, parts) => tinyZip(swap(parts, chance)),
  (chance, parts) =>
    tinyZip(
      parts.map((part) => (chance(2) === 0 ? { ...part, ...lie(chance) } : part)),
      lieOfEnd(chance),
    ),
  (chance, parts) => overwriteDirectory(tinyZip(parts), chance),
]

/** The damaged file of this number: mostly .xlsx, now and then .ods or .csv. */
export function mutatedFile(number: number): Uint8Array {
  const chance = chanceOf(number)
  if (number % 10 === 9) return flip(CSV, chance)
  const parts = number % 10 === 8 ? ODS : XLSX
  return KINDS[Math.floor(number / 10) % KINDS.length]!(chance, parts)
}

/** The undamaged files, to see that they are read. */
export function intactFiles(): Uint8Array[] {
  return [tinyZip(XLSX), tinyOds({ content: String(ODS[1]!.data) }), CSV]
}

/** Up to six bytes changed. */
export function flip(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = bytes.slice()
  for (let times = chance(6); times >= 0; times--) changed[chance(changed.length)] = chance(256)
  return changed
}

function changeOne(
  parts: readonly TinyEntry[],
  chance: Chance,
  change: (text: string) => string | Uint8Array,
): TinyEntry[] {
  const index = chance(parts.length)
  return parts.map((part, at) => (at === index ? { ...part, data: change(String(part.data)) } : part))
}

/** A piece moved elsewhere, or doubled. */
export function movePiece(text: string, chance: Chance): string {
  const start = chance(text.length)
  const piece = text.slice(start, start + chance(200))
  const rest = chance(2) === 0 ? text : text.slice(0, start) + text.slice(start + piece.length)
  const target = chance(rest.length + 1)
  return rest.slice(0, target) + piece.repeat(1 + chance(3)) + rest.slice(target)
}

/** Pieces of XML put in, numbers changed. */
export function mangle(text: string, chance: Chance): string {
  let mangled = text
  for (let times = chance(4); times >= 0; times--) {
    const at = chance(mangled.length)
    if (chance(2) === 0) mangled = mangled.slice(0, at) + TOKENS[chance(TOKENS.length)] + mangled.slice(at + chance(3))
    else mangled = mangled.slice(0, at) + mangled.slice(at).replace(/\d+/, NUMBERS[chance(NUMBERS.length)]!)
  }
  return mangled
}

/** Two parts exchange their contents. */
function swap(parts: readonly TinyEntry[], chance: Chance): TinyEntry[] {
  const [a, b] = [chance(parts.length), chance(parts.length)]
  return parts.map((part, at) => ({ ...part, data: parts[at === a ? b : at === b ? a : at]!.data }))
}

function lie(chance: Chance): Partial<TinyEntry> {
  const size = [0, 1, chance(5000), 2 ** 31, 2 ** 32 - 1][chance(5)]!
  const lies: Partial<TinyEntry>[] = [
    { declaredSize: size },
    { declaredCompressedSize: size },
    { declaredOffset: size },
    { declaredCrc: size },
    { method: chance(100) },
    { flags: chance(65_536) },
    { zip64: true, declaredSize: size * 1000 },
    { stored: true, method: 8 },
  ]
  return lies[chance(lies.length)]!
}

function lieOfEnd(chance: Chance): TinyZipOptions {
  return { zip64End: chance(2) === 0, ...(chance(2) === 0 ? { declaredCount: chance(300) } : {}) }
}

/** Bytes of the directory and the end, where the sizes and places stand. */
function overwriteDirectory(bytes: Uint8Array, chance: Chance): Uint8Array {
  const changed = bytes.slice()
  const start = new DataView(changed.buffer).getUint32(changed.length - 6, true)
  for (let times = chance(3); times >= 0; times--) {
    changed[start + chance(changed.length - start)] = [0, 1, 0xff, chance(256)][chance(4)]!
  }
  return changed
}
