import { columnLetters } from '../column-letters.ts'
import { attributeXml, cellXml, cut, MAX_CELL_TEXT } from './xml-escape.ts'

/** A note on a cell; both numbers from 0. */
export type Comment = { readonly row: number; readonly column: number; readonly text: string }

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
/** What the names inside a drawing mean. */
export const VML_NAMESPACES =
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"'
/** What every box of a comment refers to. */
export const SHAPE_TYPE =
  '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">' +
  '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
/** Shapes that one block of ids holds; the block's number stands in the drawing's idmap. */
const BLOCK = 1023

/** Blocks of shape ids that so many comments take. */
export function shapeBlocks(count: number): number {
  return Math.ceil(count / BLOCK)
}

/** The texts of a sheet's comments. */
export function* commentsXml(comments: readonly Comment[], author: string): Generator<string> {
  yield `${DECLARATION}<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
  yield `<authors><author>${attributeXml(author)}</author></authors><commentList>`
  for (const comment of comments) yield commentXml(comment, 0, '')
  yield '</commentList></comments>'
}

/** One comment; `prefix` is that of the part's elements, '' or with its colon. */
export function commentXml({ row, column, text }: Comment, author: number, prefix: string): string {
  const p = prefix
  return `<${p}comment ref="${columnLetters(column)}${row + 1}" authorId="${author}"><${p}text>${runXml(text, p)}</${p}text></${p}comment>`
}

/** A run of a comment's text. */
export function runXml(text: string, prefix: string): string {
  const p = prefix
  return `<${p}r><${p}t xml:space="preserve">${cellXml(cut(text, MAX_CELL_TEXT))}</${p}t></${p}r>`
}

/** The boxes of a sheet's comments: without them Excel shows no comment at all. `firstBlock` is not used by another sheet. */
export function* commentShapesXml(comments: readonly Comment[], firstBlock: number): Generator<string> {
  const blocks = Array.from({ length: shapeBlocks(comments.length) }, (_, i) => firstBlock + i)
  yield `<xml ${VML_NAMESPACES}>`
  yield `<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="${blocks.join(',')}"/></o:shapelayout>`
  yield SHAPE_TYPE
  for (const [i, comment] of comments.entries()) yield shapeXml(comment, shapeId(firstBlock, i))
  yield '</xml>'
}

/** The id of a drawing's shape by its place, from 0. */
export function shapeId(firstBlock: number, place: number): number {
  return (firstBlock + Math.floor(place / BLOCK)) * 1024 + 1 + (place % BLOCK)
}

/** The box of a comment. */
export function shapeXml({ row, column, text }: Comment, id: number): string {
  // Column, offset, row, offset of the box's upper left corner, then of its lower right one.
  const top = row === 0 ? 0 : row - 1
  const anchor = [column + 1, 15, top, 4, column + 4, 15, top + boxRows(text), 4].join(', ')
  return [
    `<v:shape id="_x0000_s${id}" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">`,
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>',
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>',
    `<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>${anchor}</x:Anchor>`,
    `<x:AutoFill>False</x:AutoFill><x:Row>${row}</x:Row><x:Column>${column}</x:Column></x:ClientData></v:shape>`,
  ].join('')
}

/** Rows the box needs, at some 16 Chinese characters a line. */
function boxRows(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 16)), 0)
  return Math.min(20, Math.max(4, lines + 1))
}
