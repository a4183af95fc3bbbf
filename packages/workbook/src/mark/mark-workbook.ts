import type { CompressionLevel } from '../codec/codec.ts'
import type { Container, Sheet } from '../read/open-workbook.ts'
import { partText, startsUtf8 } from '../read/part-encoding.ts'
import { type RefusalCode, RefusedError } from '../read/refusal.ts'
import { parseRelationships, type Relationship, relationshipsPartOf } from '../read/relationships.ts'
import type { ZipEntry } from '../read/zip-directory.ts'
import { readEntry, readPacked, readWholeEntry } from '../read/zip-entry.ts'
import { type ZipPart, zipStream } from '../write/zip-stream.ts'
import { type CommentPlan, planComments } from './comment-plan.ts'
import { groupMarks, type Mark, type MarksByRow } from './marks.ts'
import { addContentTypes, addRelations, type NewPart } from './package-plan.ts'
import { planShapes } from './shape-plan.ts'
import { type SheetPlan, SheetRewriter } from './sheet-rewriter.ts'
import { walkSheet } from './sheet-walker.ts'
import { StylePlan } from './style-plan.ts'
import { SheetSurvey } from './survey.ts'
import { type UnmarkableCode, UnmarkableError } from './unmarkable.ts'

export type MarkOptions = {
  /** Author of the comments, by which a later marking knows them. */
  readonly author: string
  /** What the cell styles of marks are called in the spreadsheet program's list. */
  readonly styleName: string
  /** When left out, 1; 6 for a sheet so large that the marked file may become too large to be uploaded again. */
  readonly level?: CompressionLevel
}

export type MarkedWorkbook =
  | { readonly ok: true; readonly chunks: AsyncGenerator<Uint8Array> }
  | { readonly ok: false; readonly code: UnmarkableCode | RefusalCode }

const LARGE_SHEET = 16 * 1024 * 1024
const CONTENT_TYPES = '[Content_Types].xml'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/**
 * The workbook a sheet belongs to with cells of that sheet coloured and commented, as a stream of a new .xlsx. Parts not
 * concerned are copied as they lie in the zip; of the sheet nothing changes but the styles of marked cells, and marked cells
 * it has not are put in. Marks of an earlier marking are taken away.
 *
 * The sheet is read twice, never held: first to learn what is in it, so that whatever is wrong is known before the first
 * byte. A workbook that cannot be marked is the answer's code; only a source that cannot be read throws.
 */
export async function markWorkbook(sheet: Sheet, marks: Iterable<Mark>, options: MarkOptions): Promise<MarkedWorkbook> {
  const rows = groupMarks(marks)
  try {
    const changes = await planChanges(sheet, rows, options)
    const { container, entry } = sheet.content
    const level = options.level ?? (entry.compressedSize > LARGE_SHEET ? 6 : 1)
    return { ok: true, chunks: zipStream(partsOf(container, changes), container.codec, level) }
  } catch (error) {
    if (error instanceof UnmarkableError) return { ok: false, code: error.code }
    if (error instanceof RefusedError) return { ok: false, code: error.refusal.code }
    throw error
  }
}

/** New contents by the part's name in lower case. */
type Changes = Map<string, { readonly name: string; readonly content: () => ContentOf }>
type ContentOf = Iterable<string> | AsyncIterable<Uint8Array>

async function planChanges(sheet: Sheet, rows: MarksByRow, options: MarkOptions): Promise<Changes> {
  const { container, entry, styles: stylesEntry } = sheet.content
  const changes: Changes = new Map()
  const change = (name: string, text: string | undefined): void => {
    if (text !== undefined) changes.set(name.toLowerCase(), { name, content: () => [text] })
  }
  const text = (name: string) => readPart(container, container.find(name))
  const styles = new StylePlan(await readPart(container, stylesEntry), options.styleName)
  const survey = await surveySheet(container, entry, new SheetSurvey(rows, styles))
  const missing = survey.missing()

  const relationsPart = relationshipsPartOf(entry.name)
  const relationsXml = await text(relationsPart)
  const relations = relationsXml === undefined ? [] : parseRelationships(relationsXml, entry.name)
  const commentsPart = relations.find(({ kind }) => kind === 'comments')?.part
  const comments = planComments(commentsPart && (await text(commentsPart)), rows, options.author)
  const drawingPart = drawingOf(container, relations, survey.legacyDrawing)
  const added = newParts(container, comments, commentsPart, drawingPart)
  if (comments.xml !== undefined) {
    change(commentsPart ?? nameOf(added, 'comments'), comments.xml)
    const drawing = drawingPart === undefined ? undefined : await text(drawingPart)
    change(drawingPart ?? nameOf(added, 'vmlDrawing'), planShapes(drawing, comments))
  }
  const related = addRelations(relationsXml, entry.name, added)
  if (added.length > 0) change(relationsPart, related.xml)

  const newStyles = styles.changed()
  const workbookRelations = relationshipsPartOf(sheet.content.workbookPart)
  const made: NewPart[] = [...added]
  if (stylesEntry !== undefined) change(stylesEntry.name, newStyles)
  else if (newStyles !== undefined) {
    const part: NewPart = { kind: 'styles', name: unusedName(container, 'xl/styles', '.xml') }
    made.push(part)
    change(part.name, newStyles)
    change(workbookRelations, addRelations(await text(workbookRelations), sheet.content.workbookPart, [part]).xml)
  }
  const types = await text(CONTENT_TYPES)
  if (types !== undefined && made.length > 0) change(CONTENT_TYPES, addContentTypes(types, made))

  const prefix = /^<([^\s/>]*:)/.exec(survey.rootTag)?.[1] ?? ''
  const id = related.ids.get('vmlDrawing')
  const plan: SheetPlan = {
    rows,
    styles,
    missing,
    prefix,
    hasRow: (row) => survey.hasRow(row),
    drawing: id === undefined ? '' : drawingElement(survey.rootTag, prefix, id),
  }
  changes.set(entry.name.toLowerCase(), {
    name: entry.name,
    content: () => walkSheet(readEntry(container.source, entry, container.codec), new SheetRewriter(plan)),
  })
  return changes
}

async function surveySheet(container: Container, entry: ZipEntry, survey: SheetSurvey): Promise<SheetSurvey> {
  await mustBeUtf8(readEntry(container.source, entry, container.codec))
  for await (const _ of walkSheet(readEntry(container.source, entry, container.codec), survey));
  // Strict files use other names for everything, and Excel writes no comment boxes into them.
  if (survey.rootTag.includes('purl.oclc.org/ooxml')) throw new UnmarkableError('strict')
  return survey
}

/** Looks at the beginning only. */
async function mustBeUtf8(chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const start = new Uint8Array(256)
  let length = 0
  for await (const chunk of chunks) {
    const taken = chunk.subarray(0, start.length - length)
    start.set(taken, length)
    length += taken.length
    if (length === start.length) break
  }
  if (!startsUtf8(start.subarray(0, length))) throw new UnmarkableError('encoding')
}

/** The text of a part that is to be edited; undefined without one. */
async function readPart(container: Container, entry: ZipEntry | undefined): Promise<string | undefined> {
  if (entry === undefined) return undefined
  const bytes = await readWholeEntry(container.source, entry, container.codec, container.limits.partBytes)
  if (!startsUtf8(bytes)) throw new UnmarkableError('encoding')
  return partText(bytes)
}

/** The part with the boxes of the sheet's comments. */
function drawingOf(container: Container, relations: readonly Relationship[], id: string | undefined) {
  if (id === undefined) return undefined
  const part = relations.find((relation) => relation.id === id)?.part
  if (part === undefined || container.find(part) === undefined) throw new RefusedError('damaged', 'legacyDrawing')
  return part
}

/** Parts the sheet needs for its comments and has not. */
function newParts(
  container: Container,
  comments: CommentPlan,
  commentsPart: string | undefined,
  drawingPart: string | undefined,
): NewPart[] {
  if (comments.xml === undefined) return []
  const parts: NewPart[] = []
  if (commentsPart === undefined)
    parts.push({ kind: 'comments', name: unusedName(container, 'xl/comments', '.xml', 1) })
  if (drawingPart === undefined) {
    parts.push({ kind: 'vmlDrawing', name: unusedName(container, 'xl/drawings/vmlDrawing', '.vml', 1) })
  }
  return parts
}

const nameOf = (parts: readonly NewPart[], kind: NewPart['kind']): string =>
  parts.find((part) => part.kind === kind)!.name

function unusedName(container: Container, start: string, end: string, first?: number): string {
  for (let number = first; ; number = (number ?? 0) + 1) {
    const name = `${start}${number ?? ''}${end}`
    if (container.find(name) === undefined) return name
  }
}

/** The name for relations may be declared in the root under any prefix, or not at all. */
function drawingElement(rootTag: string, prefix: string, id: string): string {
  const known = new RegExp(`\\sxmlns:([^\\s=]+)\\s*=\\s*["']${RELATIONS}["']`).exec(rootTag)?.[1]
  const attribute = known === undefined ? `xmlns:r="${RELATIONS}" r:id="${id}"` : `${known}:id="${id}"`
  return `<${prefix}legacyDrawing ${attribute}/>`
}

/** Every part in its old order, those that are new at the end. */
function* partsOf(container: Container, changes: Changes): Generator<ZipPart> {
  const waiting = new Map(changes)
  for (const entry of container.entries) {
    const key = entry.name.toLowerCase()
    const change = waiting.get(key)
    waiting.delete(key)
    if (change !== undefined) yield { name: entry.name, content: change.content() }
    else yield { ...entry, packed: readPacked(container.source, entry) }
  }
  for (const { name, content } of waiting.values()) yield { name, content: content() }
}
