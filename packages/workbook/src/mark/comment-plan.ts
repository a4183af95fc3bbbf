import { columnIndex } from '../column-letters.ts'
import { RefusedError } from '../read/refusal.ts'
import { unescapeXml } from '../read/xml-text.ts'
import { type Comment, commentsXml, commentXml, runXml } from '../write/comments-part.ts'
import { attributeXml, cellXml } from '../write/xml-escape.ts'
import type { MarksByRow } from './marks.ts'
import { appendTo, applyEdits, attributesOf, childOf, type Edit, type OutlineNode, outlineXml } from './xml-outline.ts'

/** The comments a sheet will have. */
export type CommentPlan = {
  /** The part's text; undefined when the sheet has no comments and gets none. */
  readonly xml: string | undefined
  /** Comments that need a box. */
  readonly added: readonly Comment[]
  /** All comments, for a sheet whose comments have no boxes yet. */
  readonly all: readonly Comment[]
  /** Keys of cells whose box goes, as `cellKey` makes them. */
  readonly dropped: ReadonlySet<string>
}

/** Names a cell by row and column, both from 0. */
export const cellKey = (row: number, column: number): string => `${row} ${column}`

/** What every text of ours begins with: it says to the reader who speaks, and is known again when a program dropped the author. */
const headingOf = (author: string): string => `【${author}】`

/** A comment of ours as it stands in a cell. */
export const commentText = (author: string, comment: string): string => `${headingOf(author)}\n${comment}`

/**
 * Marks' comments beside those the sheet has (`xml`, undefined without any). Comments of an earlier marking, known by their
 * author or by the heading every text of ours begins with, are replaced. Where somebody else has a comment on a marked
 * cell, our text is added to it, since a cell has but one.
 */
export function planComments(xml: string | undefined, rows: MarksByRow, author: string): CommentPlan {
  const heading = headingOf(author)
  const wanted = new Map<string, Comment>()
  for (const [row, marks] of rows) {
    for (const { column, comment } of marks) {
      const text = commentText(author, comment)
      if (comment !== '') wanted.set(cellKey(row - 1, column), { row: row - 1, column, text })
    }
  }
  if (xml === undefined) {
    const added = [...wanted.values()]
    const part = added.length === 0 ? undefined : [...commentsXml(added, author)].join('')
    return { xml: part, added, all: added, dropped: new Set() }
  }
  return mergeComments(xml, wanted, author, heading)
}

function mergeComments(xml: string, wanted: Map<string, Comment>, author: string, heading: string): CommentPlan {
  const root = outlineXml(xml, 4)
  const authorList = childOf(root, 'authors')
  const list = childOf(root, 'commentList')
  if (authorList === undefined || list === undefined) throw new RefusedError('damaged', 'comments')
  const authors = authorList.children.map((node) => unescapeXml(xml.slice(node.tagEnd, node.innerEnd)))
  const edits: Edit[] = []
  const dropped = new Set<string>()
  const kept: Comment[] = []
  for (const node of list.children) {
    const place = placeOf(xml, node)
    const text = childOf(node, 'text')
    if (place === undefined || text === undefined) continue
    const key = cellKey(place.row, place.column)
    const runs = xml.slice(text.tagEnd, text.innerEnd)
    const isOwn = authors[Number(attributesOf(xml, node).get('authorId'))] === author || beginsWith(runs, heading)
    if (isOwn) {
      edits.push({ from: node.start, to: node.end, text: '' })
      dropped.add(key)
      continue
    }
    const mark = wanted.get(key)
    wanted.delete(key)
    const own = ownRuns(withoutOwn(runs, heading, root.prefix), mark, root.prefix)
    if (own !== runs) edits.push({ from: text.tagEnd, to: text.innerEnd, text: own })
    kept.push({ ...place, text: '' })
  }
  const added = [...wanted.values()]
  if (added.length > 0) {
    const known = authors.indexOf(author)
    const number = known < 0 ? authors.length : known
    const p = root.prefix
    if (known < 0) edits.push(appendTo(authorList, `<${p}author>${attributeXml(author)}</${p}author>`))
    edits.push(appendTo(list, added.map((comment) => commentXml(comment, number, p)).join('')))
  }
  return { xml: applyEdits(xml, edits), added, all: [...kept, ...added], dropped }
}

/** Both numbers from 0; undefined for what is no address. */
function placeOf(xml: string, node: OutlineNode): { row: number; column: number } | undefined {
  const found = /^\$?([A-Za-z]{1,3})\$?(\d{1,7})$/.exec(attributesOf(xml, node).get('ref') ?? '')
  if (found === null) return undefined
  return { row: Number(found[2]) - 1, column: columnIndex(found[1]!) }
}

function beginsWith(runs: string, heading: string): boolean {
  const text = [...runs.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</g)].map((found) => found[1]).join('')
  return text.trimStart().startsWith(cellXml(heading))
}

/** Somebody's text without what an earlier marking has added to it: everything from the heading on. */
function withoutOwn(runs: string, heading: string, prefix: string): string {
  const at = runs.indexOf(cellXml(heading))
  if (at < 0) return runs
  let end = at
  for (let left = breakBefore(runs, end); left > 0; left = breakBefore(runs, end)) end -= left
  const tail = /^<\/(?:\w+:)?t\s*>(?:\s*<\/(?:\w+:)?r\s*>)?/.exec(runs.slice(runs.indexOf('</', at)))
  const left = runs.slice(0, end) + (tail?.[0] ?? '')
  const last = left.lastIndexOf(`<${prefix}r>`)
  return last >= 0 && left.slice(last).replace(/<[^>]*>/g, '') === '' ? left.slice(0, last) : left
}

/** Length of the line break that ends at `at`, as the programs write it; 0 when there is none. */
function breakBefore(runs: string, at: number): number {
  return BREAKS.find((text) => runs.startsWith(text, at - text.length))?.length ?? 0
}

const BREAKS = ['\n', '\r', '&#10;', '&#13;', '&#xA;', '&#xD;', '_x000a_', '_x000A_', '_x000d_', '_x000D_']

function ownRuns(runs: string, mark: Comment | undefined, prefix: string): string {
  if (mark === undefined) return runs
  // A text without runs cannot be followed by one.
  const isPlain = !/<(?:\w+:)?r[\s>]/.test(runs)
  return `${isPlain ? `<${prefix}r>${runs}</${prefix}r>` : runs}${runXml(`\n${mark.text}`, prefix)}`
}
