import {
  type BookChange,
  type BookParts,
  CONTENT_TYPES,
  editPart,
  oneOf,
  SHEET,
  STRINGS,
  STYLES,
  someReplaced,
  textChange,
  WORKBOOK,
  WORKBOOK_RELATIONS,
} from './book-change.ts'
import type { TinyEntry } from './tiny-zip.ts'

const relationsChange = (name: string, edit: Parameters<typeof textChange>[2]): BookChange =>
  textChange(name, WORKBOOK_RELATIONS, edit)
const workbookChange = (name: string, edit: Parameters<typeof textChange>[2]): BookChange =>
  textChange(name, WORKBOOK, edit)
const entriesChange = (
  name: string,
  change: (entry: TinyEntry, chance: (below: number) => number) => TinyEntry,
): BookChange => ({
  name,
  apply: (book, chance) => ({ ...book, parts: book.parts.map((part) => change(part, chance)) }),
})

/** A part under another name, and every mention of it. */
function renamed(book: BookParts, from: string, to: string): BookParts {
  const base = (name: string) => name.slice('xl/'.length)
  const told = editPart(
    editPart(book, WORKBOOK_RELATIONS, (xml) => xml.replace(base(from), base(to))),
    CONTENT_TYPES,
    (xml) => xml.replace(`/${from}`, `/${to}`),
  )
  return { ...told, parts: told.parts.map((part) => (part.name === from ? { ...part, name: to } : part)) }
}

/** The list of sheets, and how the parts find each other. */
const RELATIONS: readonly BookChange[] = [
  workbookChange('the other epoch', (xml, chance) =>
    xml.includes('date1904')
      ? xml.replace(
          /<workbookPr[^>]*>/,
          oneOf(chance, ['', '<workbookPr date1904="0"/>', '<workbookPr date1904="false"/>']),
        )
      : xml.replace('<sheets>', `<workbookPr date1904="${oneOf(chance, ['1', 'true'])}"/><sheets>`),
  ),
  workbookChange('other elements of the workbook', (xml) =>
    xml
      .replace('<sheets>', '<fileVersion appName="xl"/><bookViews><workbookView activeTab="0"/></bookViews><sheets>')
      .replace(
        '</sheets>',
        '</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">S!$A$1:$B$2</definedName></definedNames><calcPr calcId="1"/>',
      ),
  ),
  workbookChange('a workbook with comments and blanks', (xml, chance) =>
    someReplaced(xml, /></g, chance, () => '>\n<!-- <sheet name="no"/> --><'),
  ),
  workbookChange('a workbook with prefixes', (xml) =>
    xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x='),
  ),
  workbookChange('another prefix of relations', (xml) =>
    xml.replaceAll('r:id', 'rel:id').replace('xmlns:r=', 'xmlns:rel='),
  ),
  workbookChange('attributes of a sheet in another order', (xml) =>
    xml.replace(
      '<sheet name="S" sheetId="1" r:id="rId1"/>',
      '<sheet r:id="rId1" state="visible" sheetId="7" name="S"/>',
    ),
  ),
  workbookChange('strict namespaces of the workbook', (xml) =>
    xml
      .replaceAll(
        'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
        'http://purl.oclc.org/ooxml/spreadsheetml/main',
      )
      .replaceAll(
        'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
        'http://purl.oclc.org/ooxml/officeDocument/relationships',
      ),
  ),
  relationsChange('strict relations', (xml) =>
    xml.replaceAll(
      'http://schemas.openxmlformats.org/officeDocument/2006/relationships',
      'http://purl.oclc.org/ooxml/officeDocument/relationships',
    ),
  ),
  relationsChange('relations in another order', (xml) =>
    xml.replace(/(?<=>)<Relationship .*(?=<\/Relationships>)/, (list) =>
      (list.match(/<Relationship [^>]*>/g) ?? []).reverse().join(''),
    ),
  ),
  relationsChange('absolute targets', (xml) => xml.replaceAll('Target="', 'Target="/xl/')),
  relationsChange('targets with a dot', (xml) => xml.replaceAll('Target="', 'Target="./')),
  relationsChange('targets that go up', (xml) => xml.replaceAll('Target="', 'Target="../xl/')),
  relationsChange('targets with backslashes', (xml) => xml.replaceAll('worksheets/sheet1', 'worksheets\\sheet1')),
  relationsChange('targets in capitals', (xml) => xml.replaceAll('sheet1.xml', 'Sheet1.XML')),
  relationsChange('attributes of relations in another order', (xml) =>
    xml.replaceAll(
      /<Relationship (Id="[^"]*") (Type="[^"]*") (Target="[^"]*")\/>/g,
      '<Relationship $3 $2 $1 ></Relationship>',
    ),
  ),
  relationsChange('relations with comments', (xml, chance) =>
    someReplaced(xml, /></g, chance, () => '>\n<!-- <Relationship Id="rId1"/> --><'),
  ),
  relationsChange('relations with prefixes', (xml) =>
    xml.replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replace('xmlns=', 'xmlns:x='),
  ),
  relationsChange('relations nobody knows', (xml) =>
    xml.replace(
      '</Relationships>',
      '<Relationship Id="rId9" Type="urn:other/thing" Target="thing.bin"/><Relationship Id="rId8" Type="urn:x/theme" Target="http://localhost/" TargetMode="External"/></Relationships>',
    ),
  ),
  relationsChange('relations never told of', (xml, chance) =>
    xml.replace(oneOf(chance, [/<Relationship [^>]*sharedStrings[^>]*>/, /<Relationship [^>]*styles[^>]*>/]), ''),
  ),
  {
    name: 'other ids of relations',
    apply: (book) =>
      editPart(
        editPart(book, WORKBOOK_RELATIONS, (xml) => xml.replace('"rId1"', '"R0f"')),
        WORKBOOK,
        (xml) => xml.replace('"rId1"', '"R0f"'),
      ),
  },
  {
    name: 'another name of the sheet part',
    apply: (book, chance) =>
      renamed(
        book,
        SHEET,
        oneOf(chance, ['xl/worksheets/sheet.xml', 'xl/worksheets/sheet7.xml', 'xl/worksheets/数据.xml', 'xl/s.xml']),
      ),
  },
  { name: 'another name of the table of texts', apply: (book) => renamed(book, STRINGS, 'xl/strings/texts.xml') },
  { name: 'another name of the styles', apply: (book) => renamed(book, STYLES, 'xl/looks.xml') },
  { name: 'a second sheet', apply: (book) => withSecondSheet(book, '') },
  { name: 'a hidden second sheet', apply: (book) => withSecondSheet(book, ' state="veryHidden"') },
  textChange('types of parts missing', CONTENT_TYPES, (xml, chance) =>
    someReplaced(xml, /<Override [^>]*(?:styles|sharedStrings|worksheet)\+xml"\/>/g, chance, () => ''),
  ),
  {
    name: 'no types of parts',
    apply: (book) => ({ ...book, parts: book.parts.filter(({ name }) => name !== CONTENT_TYPES) }),
  },
  {
    name: 'no relations of the package',
    apply: (book) => ({ ...book, parts: book.parts.filter(({ name }) => name !== '_rels/.rels') }),
  },
]

const SECOND = 'xl/worksheets/sheet2.xml'

function withSecondSheet(book: BookParts, state: string): BookParts {
  const listed = editPart(book, WORKBOOK, (xml) =>
    xml.replace('</sheets>', `<sheet name="T" sheetId="2"${state} r:id="rId20"/></sheets>`),
  )
  const related = editPart(listed, WORKBOOK_RELATIONS, (xml) =>
    xml.replace(
      /<Relationship Id="rId1"[^>]*>/,
      (first) => `${first.replace('rId1', 'rId20').replace('sheet1', 'sheet2')}${first}`,
    ),
  )
  const typed = editPart(related, CONTENT_TYPES, (xml) =>
    xml.replace(
      /<Override PartName="\/xl\/worksheets\/sheet1.xml"[^>]*>/,
      (first) => first + first.replace('sheet1', 'sheet2'),
    ),
  )
  const xml = String(book.parts.find(({ name }) => name === SHEET)!.data).replace(
    /<sheetData>.*<\/sheetData>/,
    '<sheetData><row r="1"><c r="A1"><v>2</v></c></row></sheetData>',
  )
  return { ...typed, parts: [{ name: SECOND, data: xml }, ...typed.parts] }
}

const PADDING = new Uint8Array([0x34, 0x12, 4, 0, 1, 2, 3, 4])

/** The zip around the parts. */
const ZIP: readonly BookChange[] = [
  entriesChange('parts stored', (part, chance) => ({ ...part, stored: chance(2) === 0 })),
  entriesChange('sizes behind the data', (part, chance) => ({
    ...part,
    descriptor: oneOf(chance, ['signed', 'bare'] as const),
  })),
  entriesChange('extra fields', (part, chance) => (chance(2) === 0 ? { ...part, extra: PADDING } : part)),
  entriesChange('sizes in 64 bits', (part) => ({ ...part, zip64: true })),
  entriesChange('names in UTF-8 by flag', (part) => ({ ...part, flags: 0x800 })),
  entriesChange('names with a slash in front', (part) => ({ ...part, name: `/${part.name}` })),
  entriesChange('names with backslashes', (part) => ({ ...part, name: part.name.replaceAll('/', '\\') })),
  entriesChange('names in capitals', (part, chance) =>
    chance(2) === 0 ? { ...part, name: part.name.toUpperCase() } : part,
  ),
  entriesChange('parts in UTF-16', (part, chance) =>
    chance(2) === 0 && part.name !== CONTENT_TYPES ? { ...part, data: utf16(String(part.data)) } : part,
  ),
  entriesChange('wrong checksums', (part, chance) => (chance(4) === 0 ? { ...part, declaredCrc: 1 } : part)),
  entriesChange('wrong sizes', (part, chance) =>
    chance(4) === 0 ? { ...part, declaredSize: String(part.data).length + oneOf(chance, [1, -1, 100]) } : part,
  ),
  {
    name: 'parts in another order',
    apply: (book, chance) => ({ ...book, parts: [...book.parts].sort(() => chance(3) - 1) }),
  },
  { name: 'a comment of the zip', apply: (book) => ({ ...book, zip: { ...book.zip, comment: 'made by hand' } }) },
  { name: 'a directory of 64 bits', apply: (book) => ({ ...book, zip: { ...book.zip, zip64End: true } }) },
  {
    name: 'a wrong count of entries',
    apply: (book, chance) => ({
      ...book,
      zip: { ...book.zip, declaredCount: book.parts.length + oneOf(chance, [1, -1]) },
    }),
  },
  {
    name: 'folders and other files',
    apply: (book) => ({
      ...book,
      parts: [
        { name: 'xl/', data: '', stored: true },
        { name: 'docProps/app.xml', data: '<Properties/>' },
        { name: '_', data: 'x' },
        ...book.parts,
      ],
    }),
  },
  { name: 'a part twice', apply: (book, chance) => ({ ...book, parts: [...book.parts, oneOf(chance, book.parts)] }) },
]

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text.replace('encoding="UTF-8"', 'encoding="UTF-16"')}`, (char) =>
    char.charCodeAt(0),
  )
  return new Uint8Array(units.buffer)
}

/** Changes of the package and its zip. */
export const PACKAGE_CHANGES: readonly BookChange[] = [...RELATIONS, ...ZIP]
