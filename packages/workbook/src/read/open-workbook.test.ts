import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CFB, utils, write } from 'xlsx'
import { openFileSource } from '../node/file-source.ts'
import { nodeCodec } from '../node/node-codec.ts'
import {
  allRows,
  mustOpen,
  relation,
  relationships,
  tinyParts,
  tinyWorkbook,
  workbookXml,
} from '../testing/tiny-workbook.ts'
import { type TinyEntry, tinyZip } from '../testing/tiny-zip.ts'
import { openWorkbook } from './open-workbook.ts'
import type { RandomAccess } from './source.ts'

const ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>'
const good = tinyParts({ rows: ROWS })

async function refusal(bytes: Uint8Array, limits?: object) {
  const opened = await openWorkbook(bytes, { limits })
  return opened.ok ? undefined : opened.refusal
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content)
}

function saved(bookType: 'biff8' | 'biff5' | 'biff2' | 'xlsb' | 'ods' | 'xlml' | 'html' | 'csv'): Uint8Array {
  const book = utils.book_new()
  utils.book_append_sheet(book, utils.aoa_to_sheet([['name'], ['x']]), 'S')
  return new Uint8Array(write(book, { bookType, type: 'array' }))
}

function compoundFile(...streams: string[]): Uint8Array {
  const file = CFB.utils.cfb_new()
  for (const name of streams) CFB.utils.cfb_add(file, name, text('x'.repeat(5000)))
  return new Uint8Array(CFB.write(file, { type: 'buffer' }) as Buffer)
}

describe('files that are no .xlsx', () => {
  test.each([
    ['nothing', new Uint8Array(0), 'empty', undefined],
    ['blanks', text(' \r\n\t'), 'empty', undefined],
    ['CSV', text('姓名,性别\n王一,男\n'), 'text', 'csv'],
    ['CSV with a column PK', text('PK,name\n1,a\n'), 'text', 'csv'],
    ['CSV in GBK', Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0x31, 0x0d, 0x0a), 'text', 'csv'],
    ['CSV in UTF-16', Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x2c, 0x00), 'text', 'csv'],
    ['a web page', text('<!DOCTYPE html><html><table></table></html>'), 'text', 'html'],
    ['a table of a web page', text('  <table><tr><td>1</td></tr></table>'), 'text', 'html'],
    ['HTML as Excel saves it', text('<meta charset="gbk"><html xmlns:o="x"></html>'), 'text', 'html'],
    ['XML spreadsheet 2003', saved('xlml'), 'text', 'xml'],
    ['a PDF', text('%PDF-1.7\n'), 'notWorkbook', 'pdf'],
    ['noise', Uint8Array.of(1, 2, 3, 0, 255), 'notWorkbook', undefined],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'notWorkbook', undefined],
    ['.xls', saved('biff8'), 'legacyXls', undefined],
    ['.xls of Excel 95', saved('biff5'), 'legacyXls', undefined],
    ['.xls of Excel 2', saved('biff2'), 'legacyXls', undefined],
    ['.xlsb', saved('xlsb'), 'binaryWorkbook', undefined],
    ['.ods', saved('ods'), 'openDocument', undefined],
    ['a protected .xlsx', compoundFile('EncryptionInfo', 'EncryptedPackage'), 'encrypted', undefined],
    ['.doc', compoundFile('WordDocument'), 'notWorkbook', 'word'],
    ['some compound file', compoundFile('Other'), 'notWorkbook', 'compound'],
    ['.docx', tinyZip([{ name: 'word/document.xml', data: '<w/>' }]), 'notWorkbook', 'word'],
    ['.pptx', tinyZip([{ name: 'ppt/presentation.xml', data: '<p/>' }]), 'notWorkbook', 'slides'],
    ['some zip', tinyZip([{ name: 'photo.jpg', data: 'x' }]), 'notWorkbook', 'zip'],
    ['an empty zip', tinyZip([]), 'notWorkbook', 'zip'],
    ['a cut-off zip', tinyZip(good).subarray(0, 300), 'truncated', undefined],
    ['the start of a zip', text('PK'), 'truncated', undefined],
  ])('%s', async (_what, bytes, code, detail) => {
    expect(await refusal(bytes)).toEqual(detail === undefined ? { code } : { code, detail })
  })

  test('a cut-off compound file is still no workbook', async () => {
    for (const length of [8, 100, 512, 600, 1024, 2000]) {
      expect((await refusal(saved('biff8').subarray(0, length)))?.code).toMatch(/notWorkbook|legacyXls/)
    }
  })
})

describe('workbooks that are refused', () => {
  const withMore = (...more: TinyEntry[]) => tinyZip([...good, ...more])

  test.each([
    ['macros', withMore({ name: 'xl/vbaProject.bin', data: 'x' }), 'macro'],
    ['Excel 4 macros', withMore({ name: 'xl/macrosheets/sheet1.xml', data: '<x/>' }), 'macro'],
    ['links to other files', withMore({ name: 'xl/externalLinks/externalLink1.xml', data: '<x/>' }), 'externalLink'],
    ['two files of one name', withMore({ name: 'XL/Workbook.xml', data: '<x/>' }), 'damaged'],
    ['an encrypted file', withMore({ name: 'x', data: 'x', flags: 1 }), 'encrypted'],
    ['macros by their type', withMore(typed('application/vnd.ms-office.vbaProject')), 'macro'],
    ['a macro workbook by its type', withMore(typed('application/vnd.ms-excel.sheet.macroEnabled.main+xml')), 'macro'],
    [
      'a link by its type',
      withMore(typed('application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml')),
      'externalLink',
    ],
    ['no sheet', tinyWorkbook({ workbook: workbookXml('') }), 'noSheet'],
    ['charts only', tinyWorkbook({ workbookRels: relationships([relation(1, 'chartsheet', 'a.xml')]) }), 'noSheet'],
    ['a sheet that is not there', tinyWorkbook({ workbook: workbookXml('<sheet name="S" r:id="rId9"/>') }), 'damaged'],
    ['a workbook that is none', tinyWorkbook({ workbook: '<document/>' }), 'notWorkbook'],
    ['a document type', tinyWorkbook({ workbook: `<!DOCTYPE x [<!ENTITY a "b">]>${workbookXml()}` }), 'doctype'],
    ['broken XML', tinyWorkbook({ workbook: '<workbook' }), 'damaged'],
    [
      'an unknown encoding',
      tinyWorkbook({ workbook: '<?xml version="1.0" encoding="x-none"?><workbook/>' }),
      'damaged',
    ],
  ])('%s', async (_what, bytes, code) => {
    expect((await refusal(bytes))?.code).toBe(code)
  })

  test('a type of files that are not there does not matter', async () => {
    const types = '<Types><Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
    const entry = { name: '[Content_Types].xml', data: types }
    expect(await refusal(withMore(entry))).toBeUndefined()
    expect((await refusal(withMore(entry, { name: 'xl/code.BIN', data: 'x' })))?.code).toBe('macro')
  })

  function typed(type: string): TinyEntry {
    return { name: '[Content_Types].xml', data: `<Types><Override PartName="/a" ContentType="${type}"/></Types>` }
  }
})

describe('sizes', () => {
  const zeros = new Uint8Array(6 * 1024 * 1024)

  test('too many files', async () => {
    const many = Array.from({ length: 201 }, (_, i) => ({ name: `${i}`, data: '' }))
    expect(await refusal(tinyZip(many))).toEqual({ code: 'tooManyEntries', detail: '201' })
    expect((await refusal(tinyZip(many, { declaredCount: 3 })))?.code).toBe('tooManyEntries')
    expect((await refusal(tinyZip(good), { entries: 3 }))?.code).toBe('tooManyEntries')
  })

  test('a file packed too well', async () => {
    expect(await refusal(tinyZip([...good, { name: 'bomb', data: zeros }]))).toEqual({ code: 'ratio', detail: 'bomb' })
  })

  test('a small file may be packed well', async () => {
    expect(await refusal(tinyZip([...good, { name: 'small', data: zeros.subarray(0, 1_000_000) }]))).toBeUndefined()
  })

  test('more than the limit in all', async () => {
    const two = [
      { name: 'a', data: zeros },
      { name: 'b', data: zeros },
    ]
    const limits = { uncompressedBytes: 10_000_000, ratio: 2000 }
    expect(await refusal(tinyZip([...good, ...two]), limits)).toEqual({ code: 'tooLarge', detail: 'uncompressedBytes' })
  })

  test('a size of 4 GB declared by zip64', async () => {
    const huge = { name: 'a', data: 'x', zip64: true, declaredSize: 2 ** 32 }
    expect((await refusal(tinyZip([...good, huge])))?.code).toBe('tooLarge')
  })

  test('a part too large to be held whole', async () => {
    expect((await refusal(tinyZip(good), { partBytes: 100 }))?.code).toBe('tooLarge')
  })

  test('a part beyond the end of the file', async () => {
    const beyond = { name: 'a', data: 'x', declaredCompressedSize: 100_000 }
    expect(await refusal(tinyZip([...good, beyond]))).toEqual({ code: 'damaged', detail: 'a' })
  })
})

describe('the zip itself', () => {
  test.each([
    ['a comment', tinyZip(good, { comment: 'made by hand PK\u0005\u0006' })],
    ['stored files', tinyZip(good.map((entry) => ({ ...entry, stored: true })))],
    ['zip64 sizes', tinyZip(good.map((entry) => ({ ...entry, zip64: true })))],
    ['a zip64 directory', tinyZip(good, { zip64End: true })],
    ['names with backslashes', tinyZip(good.map((entry) => ({ ...entry, name: entry.name.replaceAll('/', '\\') })))],
    ['names in capitals', tinyZip(good.map((entry) => ({ ...entry, name: entry.name.toUpperCase() })))],
  ])('%s is read', async (_what, bytes) => {
    expect(await allRows(bytes)).toEqual([{ row: 1, cells: ['姓名'], flags: [] }])
  })

  test.each([
    ['fewer files than declared', tinyZip(good, { declaredCount: 9 })],
    ['another way of packing', tinyZip(good.map((entry) => ({ ...entry, method: 12 })))],
  ])('%s is refused', async (_what, bytes) => {
    expect((await refusal(bytes))?.code).toBe('damaged')
  })
})

describe('parts and sheets', () => {
  test('sheets with their names, hidden ones marked, charts left out', async () => {
    const sheets =
      '<sheet name="一 &amp; 二" sheetId="1" r:id="rId1"/><sheet name="B" state="hidden" r:id="rId2"/>' +
      '<sheet name="C" state="veryHidden" r:id="rId2"/><sheet name="D" r:id="rId3"/>'
    const list = [
      relation(1, 'worksheet', '/xl/worksheets/sheet1.xml'),
      relation(2, 'worksheet', '../xl/./worksheets/sheet1.xml'),
      relation(3, 'chartsheet', 'chart.xml'),
    ]
    const bytes = tinyWorkbook({ rows: ROWS, workbook: workbookXml(sheets), workbookRels: relationships(list) })
    const opened = await mustOpen(bytes)
    expect(opened.sheets.map(({ name, hidden }) => [name, hidden])).toEqual([
      ['一 & 二', false],
      ['B', true],
      ['C', true],
    ])
    expect(await allRows(bytes, 1)).toHaveLength(1)
  })

  test('the workbook part may lie anywhere', async () => {
    const moved = good.map(({ name, data }) => ({
      name: name.replace('xl/', 'deep/down/').replace('workbook.xml', 'book.xml'),
      data: String(data).replace('xl/workbook.xml', 'deep/down/book.xml'),
    }))
    expect(await allRows(tinyZip(moved))).toHaveLength(1)
  })

  test('Strict files and foreign prefixes', async () => {
    const strict = good.map(({ name, data }) => ({
      name,
      data: String(data).replaceAll('http://schemas.openxmlformats.org/', 'http://purl.oclc.org/ooxml/'),
    }))
    expect(await allRows(tinyZip(strict))).toHaveLength(1)
    const prefixed = workbookXml('<x:sheet name="S" d2:id="rId1"/>').replaceAll(/<(\/?)(workbook|sheets)/g, '<$1x:$2')
    expect(await allRows(tinyWorkbook({ rows: ROWS, workbook: prefixed }))).toHaveLength(1)
  })
})

describe('sources', () => {
  const bytes = tinyZip(good)

  test('a blob', async () => {
    expect(await allRows(new Blob([new Uint8Array(bytes)]))).toHaveLength(1)
  })

  test('a file, with zlib', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'workbook-'))
    await writeFile(join(folder, 'a.xlsx'), bytes)
    const source = await openFileSource(join(folder, 'a.xlsx'))
    expect(source.size).toBe(bytes.length)
    expect(await source.read(bytes.length - 2, 10)).toHaveLength(2)
    expect(await allRows(source, 0, { codec: nodeCodec })).toHaveLength(1)
    await source.close()
    await rm(folder, { recursive: true })
  })

  test('a source that fails throws: that is no property of the file', async () => {
    let reads = 0
    const failing: RandomAccess = {
      size: bytes.length,
      read: async (offset, length) => {
        if (++reads > 3) throw new Error('disk')
        return bytes.subarray(offset, offset + length)
      },
    }
    await expect(openWorkbook(failing)).rejects.toThrow('disk')
  })

  test('a source that became shorter is refused', async () => {
    const shrunk: RandomAccess = {
      size: bytes.length,
      read: async (offset, length) =>
        offset > 500 || length < 500 ? bytes.subarray(offset, offset + length) : bytes.subarray(0, 40),
    }
    expect((await openWorkbook(shrunk)).ok).toBe(false)
  })
})
