import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { createChance } from '@xueji/db/seed/random'
import { odsContent, tinyOds } from '@xueji/workbook/testing/tiny-ods'
import {
  relation,
  relationships,
  sheetXml,
  tinyParts,
  tinyWorkbook,
  workbookXml,
} from '@xueji/workbook/testing/tiny-workbook'
import { tinyXls } from '@xueji/workbook/testing/tiny-xls'
import { type TinyEntry, tinyZip } from '@xueji/workbook/testing/tiny-zip'

/** A file nobody should be able to do harm with, and the code of FILE_REFUSALS it must be refused by. */
export type HostileFile = {
  readonly what: string
  readonly code: string
  readonly make: () => Uint8Array | Promise<Uint8Array>
}

const text = (content: string): Uint8Array => Buffer.from(content)
const cell = (content: string): string => `<c t="inlineStr"><is><t>${content}</t></is></c>`
const HEADERS = RESIDENT_NEWCOMER_TEMPLATE.columns.map((column) => column.header)
const header = (names: readonly string[] = HEADERS): string => `<row r="1">${names.map(cell).join('')}</row>`
const SHEET = 'xl/worksheets/sheet1.xml'
const ROW = `<row r="2">${cell('某某')}</row>`

/** A good workbook with one part replaced or lied about. */
const withPart = (name: string, change: Partial<TinyEntry>, rows = header() + ROW): Uint8Array =>
  tinyZip(tinyParts({ rows }).map((entry) => (entry.name === name ? { ...entry, ...change } : entry)))
const withMore = (...more: TinyEntry[]): Uint8Array => tinyWorkbook({ rows: header() + ROW, more })

/** An OLE2 compound file with streams of these names: what .xls, .doc and password-protected .xlsx lie in. */
function compoundFile(...names: string[]): Uint8Array {
  const file = Buffer.alloc(2048)
  Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]).copy(file)
  file.writeUInt16LE(9, 30)
  file.writeUInt32LE(0, 48)
  for (const [index, name] of ['Root Entry', ...names].entries()) {
    Buffer.from(name, 'utf16le').copy(file, 512 + index * 128)
    file.writeUInt16LE((name.length + 1) * 2, 512 + index * 128 + 64)
  }
  return file
}

const odsRow = (texts: readonly string[], times = 1, width = 1): string =>
  `<table:table-row table:number-rows-repeated="${times}">${texts.map((one) => `<table:table-cell table:number-columns-repeated="${width}"><text:p>${one}</text:p></table:table-cell>`).join('')}</table:table-row>`

function randomBytes(): Uint8Array {
  const chance = createChance(7)
  return Uint8Array.from({ length: 50_000 }, () => chance.between(0, 255))
}

const blankRows = (count: number): string =>
  Array.from({ length: count }, (_, at) => `<row r="${at + 2}" ht="14" s="1"><c r="A${at + 2}" s="1"/></row>`).join('')

export const HOSTILE_FILES: readonly HostileFile[] = [
  { what: 'nothing', code: 'empty', make: () => text('') },
  { what: 'blanks', code: 'empty', make: () => text(' \n\n ') },
  { what: 'random bytes', code: 'notWorkbook', make: randomBytes },
  { what: 'plain text', code: 'otherTemplate', make: () => text(`姓名,性别\n某某,男\n`) },
  { what: 'a text without a table', code: 'headerMissing', make: () => text('通知：明日开会') },
  { what: 'a CSV with a quote never closed', code: 'damaged', make: () => text(`${HEADERS.join(',')}\n"某某,男\n`) },
  {
    what: 'a CSV beyond 10 MB',
    code: 'tooLargeUnlessXlsx',
    make: () => text(`${HEADERS.join(',')}\n`.padEnd(11_000_000, '某某,男\n')),
  },
  {
    what: 'a web page called .xlsx',
    code: 'text',
    make: () => text('<html><table><tr><td>姓名</td></tr></table></html>'),
  },
  {
    what: 'an XML entity bomb',
    code: 'text',
    make: () => text('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "&b;&b;">]><x>&a;</x>'),
  },
  { what: 'a PDF', code: 'notWorkbook', make: () => text('%PDF-1.7\n%âãÏÓ') },
  { what: 'a Word document', code: 'notWorkbook', make: () => tinyZip([{ name: 'word/document.xml', data: '<w/>' }]) },
  {
    what: 'an .ods that is none',
    code: 'notWorkbook',
    make: () =>
      tinyZip([
        { name: 'mimetype', data: 'x' },
        { name: 'content.xml', data: 'x' },
      ]),
  },
  {
    what: 'an .ods of cells without end',
    code: 'tooLarge',
    make: () => tinyOds({ rows: odsRow(HEADERS) + odsRow(['某某'], 1_048_000, 16_000) }),
  },
  {
    what: 'an .ods with macros',
    code: 'macro',
    make: () => tinyOds({ more: [{ name: 'Basic/a.xml', data: '<x/>' }] }),
  },
  {
    what: 'an .ods with a document type',
    code: 'doctype',
    make: () => tinyOds({ content: `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${odsContent('')}` }),
  },
  { what: 'an .xls without contents', code: 'damaged', make: () => compoundFile('Workbook') },
  { what: 'an .xls with a password', code: 'encrypted', make: () => tinyXls({ rows: [], protection: true }) },
  {
    what: 'an .xls with macros',
    code: 'macro',
    make: () => tinyXls({ rows: [], streams: ['_VBA_PROJECT_CUR/VBA/dir'] }),
  },
  {
    what: 'a workbook with a password',
    code: 'encrypted',
    make: () => compoundFile('EncryptionInfo', 'EncryptedPackage'),
  },
  { what: 'the head of an .xls and no more', code: 'notWorkbook', make: () => compoundFile().subarray(0, 40) },
  { what: 'an .xlsb', code: 'binaryWorkbook', make: () => tinyZip([{ name: 'xl/workbook.bin', data: 'x' }]) },
  { what: 'an encrypted zip', code: 'encrypted', make: () => withPart(SHEET, { flags: 1 }) },
  { what: 'macros', code: 'macro', make: () => withMore({ name: 'xl/vbaProject.bin', data: 'x' }) },
  {
    what: 'a link to another workbook',
    code: 'externalLink',
    make: () => withMore({ name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' }),
  },
  {
    what: 'a document type in the sheet',
    code: 'doctype',
    make: () =>
      withPart(SHEET, { data: `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>${sheetXml(header())}` }),
  },
  {
    what: 'too many parts',
    code: 'tooManyEntries',
    make: () => withMore(...Array.from({ length: 300 }, (_, at) => ({ name: `x/${at}`, data: '' }))),
  },
  { what: 'one name twice', code: 'damaged', make: () => withMore({ name: SHEET, data: sheetXml(header()) }) },
  {
    what: 'a bomb under a small declared size',
    code: 'damaged',
    make: () => withPart(SHEET, { data: sheetXml(header() + ' '.repeat(40_000_000)), declaredSize: 2000 }),
  },
  {
    what: 'a bomb that says so',
    code: 'ratio',
    make: () => withPart(SHEET, { data: sheetXml(header() + ' '.repeat(40_000_000)) }),
  },
  { what: 'a size beyond all limits', code: 'tooLarge', make: () => withPart(SHEET, { declaredSize: 0xfffffff0 }) },
  {
    what: 'a broken-off end',
    code: 'truncated',
    make: () => {
      const whole = withMore()
      return whole.subarray(0, whole.length - 200)
    },
  },
  {
    what: 'garbage behind the signature',
    code: 'truncated',
    make: () => Buffer.concat([text('PK\x03\x04'), randomBytes()]),
  },
  {
    what: 'a sheet list without sheets',
    code: 'noSheet',
    make: () => withPart('xl/workbook.xml', { data: workbookXml('') }),
  },
  {
    what: 'a sheet that is another place’s file',
    code: 'damaged',
    make: () =>
      withPart('xl/_rels/workbook.xml.rels', {
        data: relationships([relation(1, 'worksheet', '../../../etc/passwd')]),
      }),
  },
  {
    what: 'an element without end',
    code: 'damaged',
    make: () => withPart(SHEET, { data: `<worksheet><sheetData><row r="1">${cell('x')}` }),
  },
  { what: 'no header', code: 'headerMissing', make: () => tinyWorkbook({ rows: `<row r="1">${cell('通知')}</row>` }) },
  { what: 'another template', code: 'otherTemplate', make: () => tinyWorkbook({ rows: header(HEADERS.slice(0, 12)) }) },
  {
    what: 'a column twice',
    code: 'columnsDuplicated',
    make: () => tinyWorkbook({ rows: header([...HEADERS, HEADERS[3]!]) }),
  },
  {
    what: 'a missing column',
    code: 'columnsMissing',
    make: () => tinyWorkbook({ rows: header(HEADERS.filter((name) => name !== '姓名')) }),
  },
  { what: 'a header and no rows', code: 'noRows', make: () => tinyWorkbook({ rows: header() }) },
  {
    what: '200,000 blank formatted rows',
    code: 'noRows',
    make: () => tinyWorkbook({ rows: header() + blankRows(200_000) }),
  },
]
