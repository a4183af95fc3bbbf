import { RefusedError } from './refusal.ts'

/** Attributes by local name: 'id' for `r:id`, whatever the prefix. */
export type XmlAttributes = ReadonlyMap<string, string>

export type XmlVisitor = {
  /** An element starts; `name` is its local name. A self-closed one is closed at once. */
  open?(name: string, attributes: XmlAttributes): void
  close?(name: string): void
  /** Character data with entities resolved, possibly in several pieces. */
  text?(text: string): void
}

const NO_ATTRIBUTES: XmlAttributes = new Map()

/**
 * Walks an XML text, or a piece of one. Namespaces are ignored: local names are enough to tell the elements of a workbook
 * apart, and Strict and Transitional files then read alike. Refuses a document type; knows only XML's own five entities.
 */
export function scanXml(xml: string, visitor: XmlVisitor): void {
  let at = 0
  while (at < xml.length) {
    const lt = xml.indexOf('<', at)
    const textEnd = lt < 0 ? xml.length : lt
    if (textEnd > at) visitor.text?.(unescapeXml(xml.slice(at, textEnd)))
    if (lt < 0) return
    at =
      xml.startsWith('<!', lt) || xml.startsWith('<?', lt) ? scanSpecial(xml, lt, visitor) : scanTag(xml, lt, visitor)
  }
}

/** Resolves character references and XML's own entities, and line ends as XML wants them (only '\n'). */
export function unescapeXml(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (!lines.includes('&')) return lines
  return lines.replace(
    /&(?:#[xX]([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/g,
    (_, hex, decimal, name) => {
      if (name !== undefined) return NAMED[name as keyof typeof NAMED]
      const code = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16)
      return code === 0 || code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
    },
  )
}

const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** Comments, processing instructions and CDATA; returns where it ends. Refuses a document type. */
export function scanSpecial(xml: string, lt: number, visitor: XmlVisitor): number {
  if (xml.startsWith('<!--', lt)) return endAfter(xml, '-->', lt + 4)
  if (xml.startsWith('<?', lt)) return endAfter(xml, '?>', lt + 2)
  if (!xml.startsWith('<![CDATA[', lt)) throw new RefusedError('doctype')
  const end = endAfter(xml, ']]>', lt + 9)
  visitor.text?.(xml.slice(lt + 9, end - 3))
  return end
}

function scanTag(xml: string, lt: number, visitor: XmlVisitor): number {
  const end = tagEnd(xml, lt)
  if (xml[lt + 1] === '/') {
    visitor.close?.(localName(xml.slice(lt + 2, end - 1).trimEnd()))
    return end
  }
  const selfClosed = xml[end - 2] === '/'
  const inner = xml.slice(lt + 1, selfClosed ? end - 2 : end - 1)
  const nameEnd = inner.search(/\s|$/)
  const name = localName(inner.slice(0, nameEnd))
  visitor.open?.(name, nameEnd === inner.length ? NO_ATTRIBUTES : parseAttributes(inner, nameEnd))
  if (selfClosed) visitor.close?.(name)
  return end
}

/** The end of the tag that starts at `lt`; a '>' inside quotes does not end it. */
export function tagEnd(xml: string, lt: number): number {
  let quote = 0
  for (let at = lt + 1; at < xml.length; at++) {
    const c = xml.charCodeAt(at)
    if (quote !== 0) {
      if (c === quote) quote = 0
    } else if (c === 0x3e) return at + 1
    else if (c === 0x22 || c === 0x27) quote = c
  }
  throw new RefusedError('damaged', 'xml')
}

/** Attributes of a tag's inside from `from` on. Takes one step per character: a pattern with optional blanks would be quadratic on hostile input. */
export function parseAttributes(inner: string, from: number): XmlAttributes {
  const attributes = new Map<string, string>()
  let at = from
  for (;;) {
    const equals = inner.indexOf('=', at)
    if (equals < 0) return attributes
    const open = skipBlank(inner, equals + 1)
    const quote = inner[open]
    if (quote !== '"' && quote !== "'") throw new RefusedError('damaged', 'xml')
    const close = inner.indexOf(quote, open + 1)
    if (close < 0) throw new RefusedError('damaged', 'xml')
    const qualified = inner.slice(at, equals).trim()
    const local = localName(qualified)
    const declaration = qualified === 'xmlns' || qualified.startsWith('xmlns:')
    // An attribute without a prefix belongs to the element itself and wins over a foreign one of the same name.
    if (!declaration && (local === qualified || !attributes.has(local))) {
      attributes.set(local, unescapeXml(inner.slice(open + 1, close)))
    }
    at = close + 1
  }
}

function skipBlank(text: string, from: number): number {
  let at = from
  while (at < text.length && text.charCodeAt(at) <= 0x20) at++
  return at
}

function endAfter(xml: string, mark: string, from: number): number {
  const at = xml.indexOf(mark, from)
  if (at < 0) throw new RefusedError('damaged', 'xml')
  return at + mark.length
}

function localName(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1)
}
