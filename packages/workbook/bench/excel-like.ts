import { columnLetters } from '../src/column-letters.ts'
import { nodeCodec } from '../src/node/node-codec.ts'
import { contentTypesXml, rootRelsXml, workbookXml } from '../src/write/package-parts.ts'
import { type ZipPart, zipStream } from '../src/write/zip-stream.ts'
import { COLUMNS, DATE_COLUMNS, HEADERS, NUMBER_COLUMNS, rosterRow } from './roster.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'

/** The roster as Excel saves it: shared strings, numbers, days with a date format, a style on every cell, level 6. */
export function excelLikeWorkbook(rows: number): AsyncIterable<Uint8Array> {
  return zipStream(parts(rows), nodeCodec, 6)
}

async function* parts(rows: number): AsyncGenerator<ZipPart> {
  const sheets = [{ name: 'Sheet1', hidden: false }]
  const strings = new Map<string, number>()
  yield { name: '_rels/.rels', content: [rootRelsXml().replace(/<Relationship [^>]*docProps[^>]*>/g, '')] }
  yield { name: 'xl/workbook.xml', content: [workbookXml(sheets, '')] }
  yield { name: 'xl/_rels/workbook.xml.rels', content: [rels()] }
  yield { name: 'xl/styles.xml', content: [styles()] }
  yield { name: 'xl/worksheets/sheet1.xml', content: sheet(rows, strings) }
  yield { name: 'xl/sharedStrings.xml', content: table(strings) }
  yield {
    name: '[Content_Types].xml',
    content: [contentTypesXml(sheets, []).replace(/<Override PartName="\/docProps[^>]*>/g, '')],
  }
}

function* sheet(rows: number, strings: Map<string, number>): Generator<string> {
  const letters = Array.from({ length: COLUMNS }, (_, i) => columnLetters(i))
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="${MAIN}"><sheetData>`
  for (let r = 1; r <= rows + 1; r++) {
    const texts = r === 1 ? HEADERS : rosterRow(r)
    let xml = `<row r="${r}" spans="1:${COLUMNS}" ht="14.25" x14ac:dyDescent="0.2">`
    for (const [i, text] of texts.entries()) {
      const address = `${letters[i]}${r}`
      if (text === '') xml += `<c r="${address}" s="1"/>`
      else if (r > 1 && DATE_COLUMNS.has(i)) xml += `<c r="${address}" s="2"><v>${text}</v></c>`
      else if (r > 1 && NUMBER_COLUMNS.has(i)) xml += `<c r="${address}" s="1"><v>${text}</v></c>`
      else xml += `<c r="${address}" s="1" t="s"><v>${indexOf(strings, text)}</v></c>`
    }
    yield `${xml}</row>`
  }
  yield '</sheetData></worksheet>'
}

function* table(strings: Map<string, number>): Generator<string> {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="${MAIN}" uniqueCount="${strings.size}">`
  for (const text of strings.keys()) yield `<si><t>${text}</t><phoneticPr fontId="1" type="noConversion"/></si>`
  yield '</sst>'
}

function indexOf(strings: Map<string, number>, text: string): number {
  const index = strings.get(text) ?? strings.size
  strings.set(text, index)
  return index
}

function styles(): string {
  const xf = (id: number) => `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"/>`
  return `<styleSheet xmlns="${MAIN}"><cellXfs count="3">${xf(0)}${xf(49)}${xf(14)}</cellXfs></styleSheet>`
}

function rels(): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="rId${id}" Type="${type}/${kind}" Target="${target}"/>`
  return [
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">',
    relation(1, 'worksheet', 'worksheets/sheet1.xml'),
    relation(2, 'styles', 'styles.xml'),
    relation(3, 'sharedStrings', 'sharedStrings.xml'),
    '</Relationships>',
  ].join('')
}
