import { attributeXml } from './xml-escape.ts'

/** Indices into the cell styles written by `stylesXml`, in its order. */
export const STYLE = {
  general: 0,
  text: 1,
  header: 2,
  requiredHeader: 3,
  error: 4,
  warning: 5,
  note: 6,
  boldNote: 7,
  redNote: 8,
  boldRedNote: 9,
} as const

const RED = 'FFC00000'
const GRID = 'FFBFBFBF'

/** The one styles part of every workbook. Number format 49 is '@': text. */
export function stylesXml(fontName: string, markStyleName?: string): string {
  const font = (bold: boolean, color: string) =>
    `<font>${bold ? '<b/>' : ''}<sz val="11"/>${color}<name val="${attributeXml(fontName)}"/><family val="2"/></font>`
  const black = '<color rgb="FF000000"/>'
  const red = `<color rgb="${RED}"/>`
  const solid = (rgb: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/><bgColor indexed="64"/></patternFill></fill>`
  const side = (name: string) => `<${name} style="thin"><color rgb="${GRID}"/></${name}>`
  const xf = (format: number, fontId: number, fillId: number, borderId: number, alignment = '', named = 0) =>
    `<xf numFmtId="${format}" fontId="${fontId}" fillId="${fillId}" borderId="${borderId}" xfId="${named}"` +
    ` applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1"` +
    (alignment === '' ? '/>' : ` applyAlignment="1"><alignment ${alignment}/></xf>`)
  const centred = 'horizontal="center" vertical="center" wrapText="1"'
  const wrapped = 'vertical="top" wrapText="1"'
  const marks = markStyleName === undefined ? 0 : 1
  const named = [
    '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
    ...(markStyleName === undefined ? [] : [`<cellStyle name="${attributeXml(markStyleName)}" xfId="1"/>`]),
  ]
  const cellStyles = [
    xf(0, 0, 0, 0),
    xf(49, 0, 0, 0),
    xf(49, 1, 2, 1, centred),
    xf(49, 2, 2, 1, centred),
    xf(49, 0, 3, 1, '', marks),
    xf(49, 0, 4, 1, '', marks),
    xf(49, 0, 0, 0, wrapped),
    xf(49, 1, 0, 0, wrapped),
    xf(49, 3, 0, 0, wrapped),
    xf(49, 2, 0, 0, wrapped),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    `<fonts count="4">${font(false, black)}${font(true, black)}${font(true, red)}${font(false, red)}</fonts>`,
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    `${solid('FFF2F2F2')}${solid('FFFFC7CE')}${solid('FFFFEB9C')}</fills>`,
    '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>',
    `<border>${side('left')}${side('right')}${side('top')}${side('bottom')}<diagonal/></border></borders>`,
    `<cellStyleXfs count="${named.length}">${'<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'.repeat(named.length)}</cellStyleXfs>`,
    `<cellXfs count="${cellStyles.length}">${cellStyles.join('')}</cellXfs>`,
    `<cellStyles count="${named.length}">${named.join('')}</cellStyles>`,
    '<dxfs count="0"/><tableStyles count="0" defaultTableStyle="TableStyleMedium2" defaultPivotStyle="PivotStyleLight16"/>',
    '</styleSheet>',
  ].join('')
}
