import { RefusedError } from '../read/refusal.ts'
import { parseAttributes, scanSpecial, tagEnd, type XmlAttributes } from '../read/xml-text.ts'

/** An element of an XML text by its places in it, so that the text can be changed there and nowhere else. */
export type OutlineNode = {
  /** Local name. */
  readonly name: string
  /** '' or the prefix with its colon. */
  readonly prefix: string
  readonly start: number
  /** Behind the start tag. */
  readonly tagEnd: number
  readonly selfClosed: boolean
  readonly children: readonly OutlineNode[]
  /** Before the end tag. */
  readonly innerEnd: number
  readonly end: number
}

/** A change of a text: what stands in [from, to) becomes `text`. */
export type Edit = { readonly from: number; readonly to: number; readonly text: string }

/** The root of an XML text with its elements down to `depth` levels, the root being the first. Refuses what is not well-formed. */
export function outlineXml(xml: string, depth: number): OutlineNode {
  const scan = { at: 0 }
  const root = nextElement(xml, scan, depth)
  if (root === undefined) throw new RefusedError('damaged', 'xml')
  return root
}

/** Attributes of an element by local name. */
export function attributesOf(xml: string, node: OutlineNode): XmlAttributes {
  const inner = xml.slice(node.start + 1, node.tagEnd - (node.selfClosed ? 2 : 1))
  const nameEnd = inner.search(/\s|$/)
  return parseAttributes(inner, nameEnd)
}

/** The first child of that name. */
export function childOf(node: OutlineNode, name: string): OutlineNode | undefined {
  return node.children.find((child) => child.name === name)
}

/** Text added at the end of an element's content. */
export function appendTo(node: OutlineNode, text: string): Edit {
  if (!node.selfClosed) return { from: node.innerEnd, to: node.innerEnd, text }
  return { from: node.tagEnd - 2, to: node.tagEnd, text: `>${text}</${node.prefix}${node.name}>` }
}

/** The text with the changes made, which do not overlap. */
export function applyEdits(xml: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const { from, to, text } of [...edits].sort((a, b) => a.from - b.from)) {
    pieces.push(xml.slice(at, from), text)
    at = to
  }
  pieces.push(xml.slice(at))
  return pieces.join('')
}

/** A start tag with an attribute of a plain value set or added. */
export function withAttribute(tag: string, name: string, value: string): string {
  const found = new RegExp(`(\\s${name}\\s*=\\s*)("[^"]*"|'[^']*')`).exec(tag)
  if (found !== null) {
    const [all, start] = found
    return `${tag.slice(0, found.index)}${start}"${value}"${tag.slice(found.index + all.length)}`
  }
  const nameEnd = tag.search(/[\s/>]/)
  return `${tag.slice(0, nameEnd)} ${name}="${value}"${tag.slice(nameEnd)}`
}

/** The next element from `scan.at`, which is then behind it; undefined before an end tag or the end. */
function nextElement(xml: string, scan: { at: number }, depth: number): OutlineNode | undefined {
  for (;;) {
    const lt = xml.indexOf('<', scan.at)
    if (lt < 0 || xml[lt + 1] === '/') return undefined
    if (xml[lt + 1] !== '!' && xml[lt + 1] !== '?') return readElement(xml, scan, lt, depth)
    scan.at = scanSpecial(xml, lt, {})
  }
}

function readElement(xml: string, scan: { at: number }, lt: number, depth: number): OutlineNode {
  const end = tagEnd(xml, lt)
  const selfClosed = xml[end - 2] === '/'
  const qualified = /^[^\s/>]+/.exec(xml.slice(lt + 1, Math.min(end, lt + 200)))?.[0] ?? ''
  const colon = qualified.indexOf(':') + 1
  const head = { name: qualified.slice(colon), prefix: qualified.slice(0, colon), start: lt, tagEnd: end, selfClosed }
  scan.at = end
  if (selfClosed) return { ...head, children: [], innerEnd: end, end }
  const children = depth > 1 ? readChildren(xml, scan, depth - 1) : skipContent(xml, scan)
  const innerEnd = xml.indexOf('<', scan.at)
  if (innerEnd < 0 || !xml.startsWith(`</${qualified}`, innerEnd)) throw new RefusedError('damaged', 'xml')
  scan.at = tagEnd(xml, innerEnd)
  return { ...head, children, innerEnd, end: scan.at }
}

function readChildren(xml: string, scan: { at: number }, depth: number): OutlineNode[] {
  const children: OutlineNode[] = []
  for (let child = nextElement(xml, scan, depth); child !== undefined; child = nextElement(xml, scan, depth)) {
    children.push(child)
  }
  return children
}

/** Passes over content of no interest, to the end tag of the element it belongs to. */
function skipContent(xml: string, scan: { at: number }): [] {
  for (let open = 0; ; ) {
    const lt = xml.indexOf('<', scan.at)
    if (lt < 0) throw new RefusedError('damaged', 'xml')
    const next = xml[lt + 1]
    if (next === '/' && open === 0) {
      scan.at = lt
      return []
    }
    scan.at = next === '!' || next === '?' ? scanSpecial(xml, lt, {}) : tagEnd(xml, lt)
    if (next === '/') open--
    else if (next !== '!' && next !== '?' && xml[scan.at - 2] !== '/') open++
  }
}
