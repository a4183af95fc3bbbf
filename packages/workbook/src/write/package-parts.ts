import type { WorkbookSpec } from './spec.ts'
import { attributeXml } from './xml-escape.ts'

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A sheet as the other parts refer to it; its number, from 1, is in the names of its files. */
export type SheetEntry = { readonly name: string; readonly hidden: boolean }

/** Relations of the package itself. */
export function rootRelsXml(): string {
  return relationships([
    ['officeDocument', 'xl/workbook.xml'],
    [`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'],
    ['extended-properties', 'docProps/app.xml'],
  ])
}

/** Title, author and date as the file's properties show them. */
export function corePropertiesXml({ title, creator, createdAt }: WorkbookSpec): string {
  const created = (name: string) =>
    createdAt === undefined
      ? ''
      : `<dcterms:${name} xsi:type="dcterms:W3CDTF">${attributeXml(createdAt)}</dcterms:${name}>`
  return [
    `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties"`,
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    title === undefined ? '' : `<dc:title>${attributeXml(title)}</dc:title>`,
    creator === undefined ? '' : `<dc:creator>${attributeXml(creator)}</dc:creator>`,
    `${created('created')}${created('modified')}</cp:coreProperties>`,
  ].join('')
}

/** The program's own properties: only its name. */
export function appPropertiesXml(): string {
  return `${DECLARATION}<Properties xmlns="${DOCUMENT}/extended-properties"><Application>Microsoft Excel</Application></Properties>`
}

/** The list of sheets and the names of lists. */
export function workbookXml(sheets: readonly SheetEntry[], definedNames: string): string {
  const list = sheets.map(({ name, hidden }, i) => {
    const state = hidden ? ' state="hidden"' : ''
    return `<sheet name="${attributeXml(name)}" sheetId="${i + 1}"${state} r:id="rId${i + 1}"/>`
  })
  return [
    `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}/relationships">`,
    `<bookViews><workbookView/></bookViews><sheets>${list.join('')}</sheets>${definedNames}</workbook>`,
  ].join('')
}

/** Relations of the workbook: sheets first, so that rId1 is sheet 1. */
export function workbookRelsXml(sheets: readonly SheetEntry[]): string {
  const parts = sheets.map((_, i): [string, string] => ['worksheet', `worksheets/sheet${i + 1}.xml`])
  return relationships([...parts, ['styles', 'styles.xml']])
}

/** Relations of a sheet with comments. */
export function sheetRelsXml(number: number): string {
  return relationships([
    ['vmlDrawing', `../drawings/vmlDrawing${number}.vml`],
    ['comments', `../comments${number}.xml`],
  ])
}

/** What every part is; `commented` are the numbers of the sheets with comments. */
export function contentTypesXml(sheets: readonly SheetEntry[], commented: readonly number[]): string {
  const override = (part: string, type: string) => `<Override PartName="/${part}" ContentType="${type}"/>`
  return [
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
    override('xl/workbook.xml', `${SPREADSHEET}.sheet.main+xml`),
    override('xl/styles.xml', `${SPREADSHEET}.styles+xml`),
    ...sheets.map((_, i) => override(`xl/worksheets/sheet${i + 1}.xml`, `${SPREADSHEET}.worksheet+xml`)),
    ...commented.map((number) => override(`xl/comments${number}.xml`, `${SPREADSHEET}.comments+xml`)),
    override('docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml'),
    override('docProps/app.xml', 'application/vnd.openxmlformats-officedocument.extended-properties+xml'),
    '</Types>',
  ].join('')
}

/** Types without a scheme are those of office documents. */
function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const list = targets.map(([type, target], i) => {
    const uri = type.includes(':') ? type : `${DOCUMENT}/relationships/${type}`
    return `<Relationship Id="rId${i + 1}" Type="${uri}" Target="${target}"/>`
  })
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${list.join('')}</Relationships>`
}
