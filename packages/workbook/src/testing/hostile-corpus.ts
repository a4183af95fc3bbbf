import type { RefusalCode } from '../read/refusal.ts'
import { relation, relationships, sheetXml, tinyParts, tinyWorkbook, workbookXml } from './tiny-workbook.ts'
import { type TinyEntry, tinyZip } from './tiny-zip.ts'

/** A file made to do harm: what it tries, what it must be refused by (or that it reads harmlessly), and how it is made. */
export type HostileFile = readonly [what: string, expected: RefusalCode | 'reads', make: () => Uint8Array]

const TEXT = '<c t="inlineStr"><is><t>a</t></is></c>'
const ROWS = `<row>${TEXT}</row>`
const DOCTYPE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
const LAUGHS = `<!DOCTYPE x [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY a${i} "${'&a;'.repeat(10)}">`).join('')}]>`
const [RELS, BOOK, BOOK_RELS, SHEET] = [
  '_rels/.rels',
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/worksheets/sheet1.xml',
]
const [STRINGS, STYLES] = ['xl/sharedStrings.xml', 'xl/styles.xml']
const FULL = {
  rows: `<row><c t="s"><v>0</v></c><c s="1"><v>5</v></c></row>`,
  strings: '<si><t>a</t></si>',
  formats: [0, 14],
}

/** A good workbook with one part changed or lied about. */
const withPart = (name: string, change: Partial<TinyEntry> | ((text: string) => string)) => () =>
  tinyZip(
    tinyParts(FULL).map((entry) => {
      if (entry.name !== name) return entry
      return typeof change === 'function' ? { ...entry, data: change(String(entry.data)) } : { ...entry, ...change }
    }),
  )
const withMore =
  (...more: TinyEntry[]) =>
  () =>
    tinyWorkbook({ ...FULL, more })
const withRows = (rows: string) => () => tinyWorkbook({ ...FULL, rows })
const withStrings = (strings: string) => () => tinyWorkbook({ ...FULL, strings })
const without = (name: string) => () => tinyZip(tinyParts(FULL).filter((entry) => entry.name !== name))
const first = (mark: string) => (text: string) => `${mark}${text.replace(/^<\?xml[^>]*\?>/, '')}`
const patched = (patch: (view: DataView, end: number) => void) => () => {
  const bytes = tinyWorkbook(FULL)
  patch(new DataView(bytes.buffer), bytes.length - 22)
  return bytes
}
const blanks = (count: number) => ' '.repeat(count)
const types = (name: string, type: string): TinyEntry => ({
  name: '[Content_Types].xml',
  data: `<Types><Override PartName="/${name}" ContentType="application/vnd.${type}"/></Types>`,
})

const CONTAINER: readonly HostileFile[] = [
  ['a bomb that says so', 'ratio', withMore({ name: 'x', data: blanks(6_000_000) })],
  [
    'a bomb under a small declared size',
    'damaged',
    withPart(SHEET, { data: sheetXml(ROWS + blanks(6_000_000)), declaredSize: 500 }),
  ],
  ['a bomb among the shared texts', 'ratio', withStrings(`<si><t>a</t></si>${blanks(6_000_000)}`)],
  ['a part of 4 GB that is not there', 'tooLarge', withPart(SHEET, { declaredSize: 0xfffffff0 })],
  ['a part of 9 PB by zip64', 'tooLarge', withPart(SHEET, { zip64: true, declaredSize: Number.MAX_SAFE_INTEGER })],
  ['more packed bytes than the file has', 'damaged', withPart(SHEET, { declaredCompressedSize: 1_000_000 })],
  ['more packed bytes by zip64', 'damaged', withPart(SHEET, { zip64: true, declaredCompressedSize: 2 ** 40 })],
  ['a smaller size', 'damaged', withPart(SHEET, { declaredSize: 20 })],
  ['a larger size', 'damaged', withPart(SHEET, { declaredSize: 100_000 })],
  ['the size nought', 'damaged', withPart(SHEET, { declaredSize: 0 })],
  ['another checksum', 'damaged', withPart(SHEET, { declaredCrc: 7 })],
  ['another checksum of the shared texts', 'damaged', withPart(STRINGS, { declaredCrc: 7 })],
  ['plain bytes called packed', 'damaged', withPart(SHEET, { stored: true, method: 8 })],
  ['packed bytes called plain', 'damaged', withPart(SHEET, { method: 0 })],
  ['another way of packing', 'damaged', withPart(SHEET, { method: 14 })],
  ['entries that share their bytes', 'damaged', withMore({ name: 'x', data: 'x', declaredOffset: 0 })],
  [
    'a hundred entries over one another',
    'damaged',
    withMore(...Array.from({ length: 100 }, (_, at) => ({ name: `x${at}`, data: blanks(9000), declaredOffset: at }))),
  ],
  ['an entry that starts inside another', 'damaged', withPart(SHEET, { declaredOffset: 40 })],
  ['an entry beyond the end', 'damaged', withPart(SHEET, { declaredOffset: 0x7fffffff })],
  ['an entry beyond the end by zip64', 'damaged', withPart(SHEET, { zip64: true, declaredOffset: 2 ** 50 })],
  [
    'an entry that is the directory',
    'damaged',
    patched((view, end) => view.setUint32(view.getUint32(end + 16, true) + 42, view.getUint32(end + 16, true), true)),
  ],
  [
    'too many entries',
    'tooManyEntries',
    withMore(...Array.from({ length: 300 }, (_, at) => ({ name: `x/${at}`, data: '' }))),
  ],
  [
    'too many entries, called few',
    'tooManyEntries',
    () =>
      tinyZip([...tinyParts(FULL), ...Array.from({ length: 300 }, (_, at) => ({ name: `x/${at}`, data: '' }))], {
        declaredCount: 6,
      }),
  ],
  ['fewer entries than it says', 'damaged', () => tinyZip(tinyParts(FULL), { declaredCount: 100 })],
  [
    'sixty thousand entries that are not there',
    'tooManyEntries',
    () => tinyZip(tinyParts(FULL), { declaredCount: 60_000 }),
  ],
  ['zip64 with another count', 'damaged', () => tinyZip(tinyParts(FULL), { zip64End: true, declaredCount: 9 })],
  [
    'a zip64 directory that is not there',
    'damaged',
    patched((view, end) => view.setUint32(end + 16, 0xffffffff, true)),
  ],
  ['a directory larger than the file', 'damaged', patched((view, end) => view.setUint32(end + 12, 0x7fffffff, true))],
  ['a directory that starts elsewhere', 'damaged', patched((view, end) => view.setUint32(end + 16, 10, true))],
  ['a directory of no length', 'damaged', patched((view, end) => view.setUint32(end + 12, 0, true))],
  ['names twice', 'damaged', withMore({ name: SHEET, data: sheetXml('') })],
  ['names that differ by case', 'damaged', withMore({ name: 'XL/Workbook.XML', data: '<x/>' })],
  ['names that differ by slash', 'damaged', withMore({ name: '/xl\\workbook.xml', data: '<x/>' })],
  [
    'names that climb out',
    'reads',
    withMore({ name: '../../../etc/passwd', data: 'x' }, { name: '/etc/cron.d/x', data: 'x' }),
  ],
  ['a name with a zero in it', 'reads', withMore({ name: 'xl/a\u0000.xml', data: 'x' })],
  ['an encrypted entry', 'encrypted', withPart(SHEET, { flags: 1 })],
  ['an encrypted entry nobody needs', 'encrypted', withMore({ name: 'x', data: 'x', flags: 1 })],
  ['an end cut off', 'truncated', () => tinyWorkbook(FULL).subarray(0, -30)],
  ['a start cut off', 'notWorkbook', () => tinyWorkbook(FULL).subarray(30)],
  [
    'a second end in its comment',
    'reads',
    () => tinyZip(tinyParts(FULL), { comment: `PK\u0005\u0006${'\u0000'.repeat(18)}x` }),
  ],
]

const CONTENTS: readonly HostileFile[] = [
  ['macros', 'macro', withMore({ name: 'xl/vbaProject.bin', data: 'x' })],
  [
    'macros under another name',
    'macro',
    withMore({ name: 'xl/a.dat', data: 'x' }, types('xl/a.dat', 'ms-office.vbaProject')),
  ],
  [
    'macros by a relation only',
    'macro',
    withPart(BOOK_RELS, (text) => text.replace('</R', `${relation(9, 'vbaProject', 'a.dat')}</R`)),
  ],
  ['Excel 4 macros', 'macro', withMore({ name: 'xl/macrosheets/sheet1.xml', data: '<x/>' })],
  [
    'a link to another workbook',
    'externalLink',
    withMore({ name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' }),
  ],
  [
    'a link under another name',
    'externalLink',
    withPart(BOOK_RELS, (text) => text.replace('</R', `${relation(9, 'externalLink', 'a.xml')}</R`)),
  ],
  [
    'a sheet on another computer',
    'damaged',
    withPart(BOOK_RELS, (text) => text.replace('Target="w', 'TargetMode="External" Target="http://127.0.0.1/w')),
  ],
  [
    'a sheet outside the file',
    'damaged',
    withPart(BOOK_RELS, (text) => text.replace('worksheets/sheet1.xml', '../../../../etc/passwd')),
  ],
  [
    'a workbook that is its own sheet',
    'damaged',
    withPart(BOOK_RELS, (text) => text.replace('worksheets/sheet1.xml', 'workbook.xml')),
  ],
  [
    'relations that lead to themselves',
    'notWorkbook',
    withPart(RELS, () => relationships([relation(1, 'officeDocument', '_rels/.rels')])),
  ],
  [
    'ten thousand relations',
    'reads',
    withPart(BOOK_RELS, (text) => text.replace('</R', `${relation(9, 'x', 'y').repeat(10_000)}</R`)),
  ],
  [
    'ten thousand sheets of one part',
    'tooManyEntries',
    withPart(BOOK, () => workbookXml('<sheet name="S" r:id="rId1"/>'.repeat(10_000))),
  ],
  ['no workbook part', 'notWorkbook', without(BOOK)],
  ['no sheet part', 'damaged', without(SHEET)],
  ['no relations of the workbook', 'damaged', without(BOOK_RELS)],
  ['no shared texts', 'damaged', without(STRINGS)],
  ['no styles', 'reads', without(STYLES)],
  ['no sheets', 'noSheet', withPart(BOOK, () => workbookXml(''))],
  ['a binary workbook', 'binaryWorkbook', withMore({ name: 'xl/workbook.bin', data: 'x' })],
  [
    'a document of another program',
    'openDocument',
    withMore({ name: 'mimetype', data: 'x' }, { name: 'content.xml', data: 'x' }),
  ],
  ['a letter', 'notWorkbook', withMore({ name: 'word/document.xml', data: '<x/>' })],
  ['a web page', 'text', () => new TextEncoder().encode('<html><script>alert(1)</script></html>')],
  ['a script', 'text', () => new TextEncoder().encode('#!/bin/sh\nrm -rf /\n')],
  ['a program', 'notWorkbook', () => Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0)],
]

const XML: readonly HostileFile[] = [
  ...[RELS, BOOK, BOOK_RELS, SHEET, STRINGS, STYLES].map(
    (part): HostileFile => [`a document type in ${part}`, 'doctype', withPart(part, first(DOCTYPE))],
  ),
  [
    'a document type in the content types',
    'doctype',
    withMore({ name: '[Content_Types].xml', data: `${DOCTYPE}<Types/>` }),
  ],
  ['a billion laughs in the shared texts', 'doctype', withPart(STRINGS, first(LAUGHS))],
  ['a billion laughs in a cell', 'doctype', withRows(`<row><c t="inlineStr"><is>${LAUGHS}<t>&a9;</t></is></c></row>`)],
  [
    'a document type in UTF-16',
    'doctype',
    withPart(SHEET, { data: new Uint8Array(Buffer.from(`\ufeff${DOCTYPE}<worksheet/>`, 'utf16le')) }),
  ],
  ['entities nobody declared', 'reads', withRows('<row><c t="inlineStr"><is><t>&a;&xxe;&#xFFFFFF;</t></is></c></row>')],
  [
    'an attribute of 6 MB',
    'reads',
    withPart(SHEET, {
      data: `<worksheet x="${'a'.repeat(6_000_000)}"><sheetData>${ROWS}</sheetData></worksheet>`,
      stored: true,
    }),
  ],
  [
    'an attribute of 20 MB',
    'tooLarge',
    withPart(SHEET, { data: `<worksheet x="${'a'.repeat(20_000_000)}"><sheetData/></worksheet>`, stored: true }),
  ],
  [
    'a cell of 9 MB',
    'tooLarge',
    withPart(SHEET, { data: sheetXml(`<row><c t="str"><v>${'a'.repeat(9_000_000)}</v></c></row>`), stored: true }),
  ],
  ['a shared text of 2 MB', 'tooLarge', withStrings(`<si><t>${'a'.repeat(2_000_000)}</t></si>`)],
  ['a hundred thousand attributes', 'reads', withRows(`<row ${'a="1" '.repeat(100_000)}>${TEXT}</row>`)],
  ['elements a hundred thousand deep in a cell', 'damaged', withRows(`<row><c>${'<v>'.repeat(100_000)}</row>`)],
  [
    'elements a hundred thousand deep, closed',
    'reads',
    withRows(`<row><c>${'<v>'.repeat(100_000)}${'</v>'.repeat(100_000)}</c></row>`),
  ],
  ['elements a hundred thousand deep in the workbook', 'notWorkbook', withPart(BOOK, () => '<a>'.repeat(100_000))],
  [
    'a shared text a hundred thousand deep',
    'reads',
    withStrings(`<si>${'<r>'.repeat(100_000)}<t>a</t>${'</r>'.repeat(100_000)}</si>`),
  ],
  ['rows inside rows', 'reads', withRows('<row r="1">'.replace(' r="1"', '').repeat(1000))],
  ['cells inside cells', 'reads', withRows(`<row><c><c><v>1</v></c></c></row>`)],
  ['a sheet that does not end', 'damaged', withPart(SHEET, (text) => text.replace('</sheetData></worksheet>', ''))],
  ['an unknown encoding', 'damaged', withPart(BOOK, first('<?xml version="1.0" encoding="x-evil"?>'))],
  [
    'bytes that are no UTF-8',
    'reads',
    withPart(SHEET, {
      data: Uint8Array.from([
        ...Buffer.from('<worksheet><sheetData><row><c t="str"><v>'),
        0xc3,
        0x28,
        0xff,
        ...Buffer.from('</v></c></row></sheetData></worksheet>'),
      ]),
    }),
  ],
]

const CELLS: readonly HostileFile[] = [
  ['the column after the last', 'damaged', withRows('<row r="1"><c r="XFE1"><v>1</v></c></row>')],
  ['a column of four letters', 'damaged', withRows('<row r="1"><c r="AAAA1"><v>1</v></c></row>')],
  ['16,385 cells in a row', 'damaged', withRows(`<row>${'<c><v>1</v></c>'.repeat(16_385)}</row>`)],
  ['the row after the last', 'damaged', withRows(`<row r="1048577">${TEXT}</row>`)],
  ['the row nought', 'damaged', withRows(`<row r="0">${TEXT}</row>`)],
  ['a row of a number beyond all numbers', 'damaged', withRows(`<row r="${'9'.repeat(400)}">${TEXT}</row>`)],
  ['a row of a negative number', 'reads', withRows(`<row r="-5">${TEXT}</row>`)],
  ['one row twice', 'damaged', withRows(`<row r="2">${TEXT}</row><row r="2">${TEXT}</row>`)],
  ['rows that go back', 'damaged', withRows(`<row r="2">${TEXT}</row><row r="1">${TEXT}</row>`)],
  ['an address that is none', 'damaged', withRows('<row r="1"><c r="$A$1"><v>1</v></c></row>')],
  [
    'three thousand rows of one cell in the last column',
    'tooLarge',
    withRows(
      Array.from({ length: 3100 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join(''),
    ),
  ],
  ...['-1', 'NaN', '1', '1e9', '0.5', '99999999999999999999', '0x0'].map(
    (index): HostileFile => [
      `the shared text ${index}`,
      'damaged',
      withRows(`<row><c t="s"><v>${index}</v></c></row>`),
    ],
  ),
  ...['-1', 'NaN', '9', '1e9', '99999999999999999999'].map(
    (style): HostileFile => [`the style ${style}`, 'reads', withRows(`<row><c s="${style}"><v>5</v></c></row>`)],
  ),
  [
    'a number format of a million characters',
    'reads',
    () => tinyWorkbook({ ...FULL, codes: { 14: `${'0'.repeat(1_000_000)}` } }),
  ],
  [
    'a number format full of open quotes',
    'reads',
    () => tinyWorkbook({ ...FULL, codes: { 14: `[${'&quot;['.repeat(500_000)}` } }),
  ],
  ['a number of a million digits', 'reads', withRows(`<row><c><v>${'9'.repeat(1_000_000)}</v></c></row>`)],
  [
    'a number with an enormous exponent',
    'reads',
    withRows('<row><c><v>1E999999999</v></c><c><v>1E-999999999</v></c><c><v>1E300</v></c></row>'),
  ],
  [
    'a date beyond all dates',
    'reads',
    withRows('<row><c s="1"><v>1E15</v></c><c s="1"><v>-1</v></c><c s="1"><v>NaN</v></c></row>'),
  ],
  ['a formula that calls a program', 'reads', withRows(`<row><c t="str"><f>cmd|' /C calc'!A0</f><v>a</v></c></row>`)],
  [
    'texts named like what JavaScript has',
    'reads',
    withRows(
      `<row>${['__proto__', 'constructor', 'toString'].map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>`,
    ),
  ],
  ['escapes of half a character', 'reads', withRows('<row><c t="str"><v>_xD800__x0000__xFFFF_</v></c></row>')],
]

export const HOSTILE_CORPUS: readonly HostileFile[] = [...CONTAINER, ...CONTENTS, ...XML, ...CELLS]
