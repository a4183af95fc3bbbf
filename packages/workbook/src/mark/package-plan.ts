import { appendTo, applyEdits, attributesOf, type OutlineNode, outlineXml } from './xml-outline.ts'

const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const EMPTY_RELATIONS = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="${PACKAGE}/relationships"></Relationships>`
const VML = 'application/vnd.openxmlformats-officedocument.vmlDrawing'
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** A part that is added to a workbook. */
export type NewPart = { readonly kind: 'comments' | 'vmlDrawing' | 'styles'; readonly name: string }

/** The relations of `owner` with those to new parts, and the id each got. */
export function addRelations(
  xml: string | undefined,
  owner: string,
  parts: readonly NewPart[],
): { xml: string; ids: ReadonlyMap<NewPart['kind'], string> } {
  const text = xml ?? EMPTY_RELATIONS
  const root = outlineXml(text, 2)
  const used = new Set(root.children.map((node) => attributesOf(text, node).get('Id')))
  const ids = new Map<NewPart['kind'], string>()
  let number = 1
  const added = parts.map(({ kind, name }) => {
    while (used.has(`rId${number}`)) number++
    const id = `rId${number++}`
    ids.set(kind, id)
    return `<${root.prefix}Relationship Id="${id}" Type="${DOCUMENT}/${kind}" Target="${relativeTo(owner, name)}"/>`
  })
  return { xml: applyEdits(text, [appendTo(root, added.join(''))]), ids }
}

/** The list of content types with those of new parts. */
export function addContentTypes(xml: string, parts: readonly NewPart[]): string {
  const root = outlineXml(xml, 2)
  const added = parts.flatMap((part) => contentType(xml, root, part))
  return added.length === 0 ? xml : applyEdits(xml, [appendTo(root, added.join(''))])
}

function contentType(xml: string, root: OutlineNode, { kind, name }: NewPart): string[] {
  if (kind !== 'vmlDrawing') {
    const type = `${SPREADSHEET}.${kind}+xml`
    return [`<${root.prefix}Override PartName="/${name}" ContentType="${type}"/>`]
  }
  const known = root.children
    .filter((node) => node.name === 'Default')
    .map((node) => attributesOf(xml, node))
    .find((attributes) => attributes.get('Extension')?.toLowerCase() === 'vml')
  if (known === undefined) return [`<${root.prefix}Default Extension="vml" ContentType="${VML}"/>`]
  return known.get('ContentType') === VML ? [] : [`<${root.prefix}Override PartName="/${name}" ContentType="${VML}"/>`]
}

/** A part's name as seen from another's folder. */
function relativeTo(owner: string, name: string): string {
  const from = owner.split('/').slice(0, -1)
  const to = name.split('/')
  let common = 0
  while (common < from.length && common < to.length - 1 && from[common] === to[common]) common++
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/')
}
