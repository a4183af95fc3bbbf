import { RefusedError } from '../read/refusal.ts'
import {
  type Comment,
  commentShapesXml,
  SHAPE_TYPE,
  shapeBlocks,
  shapeId,
  shapeXml,
  VML_NAMESPACES,
} from '../write/comments-part.ts'
import { type CommentPlan, cellKey } from './comment-plan.ts'

/** Ids of boxes must differ between the sheets of a workbook; programs number their sheets' blocks from 1. */
const FIRST_BLOCK = 1000

/** The drawing with the comments' boxes. `vml` is the one the sheet has; it need not be well-formed XML, so it is not parsed. */
export function planShapes(vml: string | undefined, comments: CommentPlan): string {
  if (vml === undefined) return [...commentShapesXml(comments.all, FIRST_BLOCK)].join('')
  const gone = new Set([...comments.dropped, ...comments.added.map(({ row, column }) => cellKey(row, column))])
  const kept = vml.replace(SHAPE, (shape) => (isNoteOf(shape, gone) ? '' : shape))
  return comments.added.length === 0 ? kept : withShapes(kept, comments.added)
}

const SHAPE = /<((?:[A-Za-z_][\w.-]*:)?)shape\s(?:(?!<\1shape[\s>])[\s\S])*?<\/\1shape\s*>/g

function isNoteOf(shape: string, cells: ReadonlySet<string>): boolean {
  if (!/\sObjectType\s*=\s*["']Note["']/.test(shape)) return false
  const row = /<(?:\w+:)?Row>\s*(\d+)\s*</.exec(shape)?.[1]
  const column = /<(?:\w+:)?Column>\s*(\d+)\s*</.exec(shape)?.[1]
  return row !== undefined && column !== undefined && cells.has(cellKey(Number(row), Number(column)))
}

function withShapes(vml: string, comments: readonly Comment[]): string {
  const end = vml.lastIndexOf('</')
  if (end < 0) throw new RefusedError('damaged', 'vmlDrawing')
  const shapes = comments.map((comment, i) => shapeXml(comment, shapeId(FIRST_BLOCK, i))).join('')
  const type = vml.includes('id="_x0000_t202"') ? '' : SHAPE_TYPE
  const declared = (name: string) => vml.includes(`xmlns:${name}="urn:schemas-microsoft-com:`)
  const added = `${type}${shapes}`
  // A drawing of another program may use other names for the same.
  const inserted = ['v', 'o', 'x'].every(declared) ? added : added.replace(/<v:shape(type)? /g, `$&${VML_NAMESPACES} `)
  return `${withBlocks(vml.slice(0, end), shapeBlocks(comments.length))}${inserted}${vml.slice(end)}`
}

/** The list of blocks of ids in use, ours added. */
function withBlocks(vml: string, count: number): string {
  return vml.replace(/(<(?:\w+:)?idmap\s[^>]*?\bdata\s*=\s*)(["'])([^"']*)\2/, (_, start, quote, data: string) => {
    const blocks = new Set(data.split(/\s*,\s*/).filter((block) => block !== ''))
    for (let i = 0; i < count; i++) blocks.add(String(FIRST_BLOCK + i))
    return `${start}${quote}${[...blocks].join(',')}${quote}`
  })
}
