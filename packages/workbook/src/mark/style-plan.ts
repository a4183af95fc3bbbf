import type { Severity } from './marks.ts'
import { UnmarkableError } from './unmarkable.ts'
import {
  appendTo,
  applyEdits,
  attributesOf,
  childOf,
  type Edit,
  type OutlineNode,
  outlineXml,
  withAttribute,
} from './xml-outline.ts'

/** Excel opens no workbook with more cell styles. */
const MAX_STYLES = 65_000
/** Sections of a styles part in the order the schema demands. */
const ORDER = ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles', 'dxfs', 'tableStyles']
const COLORS: Record<Severity, string> = { error: 'FFFFC7CE', warning: 'FFFFEB9C' }
const PLAIN_XF = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'

const EMPTY_STYLES =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  `<cellStyleXfs count="1">${PLAIN_XF}</cellStyleXfs>` +
  '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'

/** A list of the part: what stands in it already, and what is added behind. */
type Section = { readonly node: OutlineNode | undefined; readonly items: readonly string[]; readonly added: string[] }

/**
 * The cell styles of a workbook and those added for marks. A marked style is the cell's own but for its fill, and refers to
 * a named style of ours that keeps the fill it had: the name survives saving by a spreadsheet program, so a later marking
 * finds back to the style the cell had before. An index is that of <cellXfs>, which cells carry.
 */
export class StylePlan {
  private readonly xml: string
  private readonly root: OutlineNode
  private readonly ownName: string
  private readonly fills: Section
  private readonly namedFormats: Section
  private readonly formats: Section
  private readonly names: Section
  /** By the index of a named format of ours, the fill a cell had before it was marked. */
  private readonly ownNamed = new Map<number, string>()
  /** By a cell style of ours, the one the cell had before. */
  private readonly bases = new Map<number, number>()
  /** By base style and severity. */
  private readonly marked = new Map<string, number>()
  /** By what a style looks like, the first that looks so and is not ours. */
  private readonly byLook = new Map<string, number>()

  /** `xml` is undefined for a workbook without a styles part; `ownName` is what the named styles of ours are called. */
  constructor(xml: string | undefined, ownName: string) {
    this.xml = xml ?? EMPTY_STYLES
    this.ownName = ownName
    this.root = outlineXml(this.xml, 3)
    this.fills = this.sectionOf('fills')
    this.namedFormats = this.sectionOf('cellStyleXfs')
    this.formats = this.sectionOf('cellXfs')
    this.names = this.sectionOf('cellStyles')
    this.findOwn()
    this.addDefaults()
  }

  /** Whether the workbook has styles of an earlier marking. */
  get hasOwn(): boolean {
    return this.bases.size > 0
  }

  /** Whether it is a style of an earlier marking. */
  isOwn(style: number): boolean {
    return this.bases.has(style)
  }

  /** The style of a cell with `style` once it is marked. */
  markedStyle(style: number, severity: Severity): number {
    const base = this.baseOf(style)
    const key = `${base} ${severity}`
    const known = this.marked.get(key)
    if (known !== undefined) return known
    const format = itemAt(this.formats, base)!
    const fill = fillOf(format)
    const changed = { fillId: String(this.fillFor(severity)), xfId: String(this.namedFor(fill)), applyFill: '1' }
    const made = this.addFormat(withAttributes(format, changed))
    this.marked.set(key, made)
    return made
  }

  /** The style a cell had before an earlier marking; `style` itself when it is none of ours. */
  baseOf(style: number): number {
    const base = this.bases.get(style)
    if (base !== undefined) return base
    return style < lengthOf(this.formats) ? style : 0
  }

  /** The part with all that was asked for; undefined when nothing was. */
  changed(): string | undefined {
    const sections = [this.fills, this.namedFormats, this.formats, this.names]
    if (sections.every(({ added }) => added.length === 0)) return undefined
    const edits = [
      ...this.sectionEdits('fills', this.fills),
      ...this.sectionEdits('cellStyleXfs', this.namedFormats),
      ...this.sectionEdits('cellXfs', this.formats),
      ...this.sectionEdits('cellStyles', this.names),
    ]
    return applyEdits(this.xml, edits)
  }

  private sectionOf(name: string): Section {
    const node = childOf(this.root, name)
    const items = node?.children.map(({ start, end }) => this.xml.slice(start, end)) ?? []
    return { node, items, added: [] }
  }

  private findOwn(): void {
    for (const node of this.names.node?.children ?? []) {
      const attributes = attributesOf(this.xml, node)
      const name = attributes.get('name') ?? ''
      const xfId = Number(attributes.get('xfId'))
      const format = this.namedFormats.items[xfId]
      const isOwn = name === this.ownName || name.startsWith(`${this.ownName} `)
      if (isOwn && format !== undefined) this.ownNamed.set(xfId, fillOf(format))
    }
    const own: number[] = []
    for (const [index, format] of this.formats.items.entries()) {
      // A ground the user has painted over is the user's.
      const isOwn = this.ownNamed.has(namedOf(format)) && this.severityOf(fillOf(format)) !== undefined
      if (isOwn) own.push(index)
      else if (!this.byLook.has(lookOf(format))) this.byLook.set(lookOf(format), index)
    }
    for (const index of own) this.rememberOwn(index)
  }

  private rememberOwn(index: number): void {
    const format = this.formats.items[index]!
    const fill = this.ownNamed.get(namedOf(format))!
    const applyFill = fill === '0' ? '0' : '1'
    const before = withAttributes(format, { fillId: fill, xfId: '0', applyFill })
    const look = lookOf(before)
    const base = this.byLook.get(look) ?? this.addFormat(before)
    this.byLook.set(look, base)
    this.bases.set(index, base)
    const key = `${base} ${this.severityOf(fillOf(format))}`
    if (!this.marked.has(key)) this.marked.set(key, index)
  }

  /** What a part written by hand may lack, and marks build upon. */
  private addDefaults(): void {
    if (lengthOf(this.fills) === 0) {
      const fill = (pattern: string) => `<fill><patternFill patternType="${pattern}"/></fill>`
      this.fills.added.push(this.prefixed(fill('none')), this.prefixed(fill('gray125')))
    }
    if (lengthOf(this.formats) === 0) this.formats.added.push(this.prefixed(PLAIN_XF))
    if (lengthOf(this.namedFormats) === 0) {
      this.namedFormats.added.push(this.prefixed(PLAIN_XF))
      if (lengthOf(this.names) === 0)
        this.names.added.push(this.prefixed('<cellStyle name="Normal" xfId="0" builtinId="0"/>'))
    }
  }

  private fillFor(severity: Severity): number {
    for (let index = 0; index < lengthOf(this.fills); index++) {
      if (this.severityOf(String(index)) === severity) return index
    }
    const color = `<fgColor rgb="${COLORS[severity]}"/><bgColor indexed="64"/>`
    const fill = `<fill><patternFill patternType="solid">${color}</patternFill></fill>`
    return add(this.fills, this.prefixed(fill))
  }

  /** Whose colour a fill has. */
  private severityOf(fill: string): Severity | undefined {
    const xml = itemAt(this.fills, Number(fill))
    const color = xml && /patternType="solid"[\s\S]*?<(?:\w+:)?fgColor rgb="(\w+)"/.exec(xml)?.[1]
    return color === COLORS.error ? 'error' : color === COLORS.warning ? 'warning' : undefined
  }

  /** The named format of ours that keeps `fill`. */
  private namedFor(fill: string): number {
    for (const [index, kept] of this.ownNamed) if (kept === fill) return index
    const format = `<xf numFmtId="0" fontId="0" fillId="${fill}" borderId="0"/>`
    const index = add(this.namedFormats, this.prefixed(format))
    const used = new Set([...this.names.items, ...this.names.added].map((item) => /\sname="([^"]*)"/.exec(item)?.[1]))
    let name = this.ownName
    for (let n = 2; used.has(name); n++) name = `${this.ownName} ${n}`
    this.names.added.push(this.prefixed(`<cellStyle name="${name}" xfId="${index}"/>`))
    this.ownNamed.set(index, fill)
    return index
  }

  private addFormat(format: string): number {
    if (lengthOf(this.formats) >= MAX_STYLES) throw new UnmarkableError('styles')
    return add(this.formats, format)
  }

  private prefixed(xml: string): string {
    return this.root.prefix === '' ? xml : xml.replace(/<(\/?)/g, `<$1${this.root.prefix}`)
  }

  private sectionEdits(name: string, section: Section): Edit[] {
    const { node, added } = section
    if (added.length === 0) return []
    const list = added.join('')
    const count = String(lengthOf(section))
    if (node === undefined) {
      const { prefix } = this.root
      const at = this.placeOf(name)
      return [{ from: at, to: at, text: `<${prefix}${name} count="${count}">${list}</${prefix}${name}>` }]
    }
    const tag = this.xml.slice(node.start, node.tagEnd)
    const counted = /\scount\s*=/.test(tag) ? withAttribute(tag, 'count', count) : tag
    if (!node.selfClosed) return [{ from: node.start, to: node.tagEnd, text: counted }, appendTo(node, list)]
    const opened = `${counted.slice(0, -2)}>`
    return [{ from: node.start, to: node.end, text: `${opened}${list}</${node.prefix}${name}>` }]
  }

  /** Where a section that is not there would have to stand. */
  private placeOf(name: string): number {
    const later = new Set(ORDER.slice(ORDER.indexOf(name) + 1))
    const next = this.root.children.find((child) => later.has(child.name) || !ORDER.includes(child.name))
    return next?.start ?? this.root.innerEnd
  }
}

const lengthOf = ({ items, added }: Section): number => items.length + added.length
const itemAt = ({ items, added }: Section, index: number): string | undefined =>
  items[index] ?? added[index - items.length]

function add(section: Section, item: string): number {
  section.added.push(item)
  return lengthOf(section) - 1
}

const fillOf = (format: string): string => attribute(format, 'fillId') ?? '0'
const namedOf = (format: string): number => Number(attribute(format, 'xfId') ?? 0)

/** What decides how a cell looks and behaves: spreadsheets ignore the apply flags of cell styles, and programs differ in them. */
function lookOf(format: string): string {
  const parts = ['numFmtId', 'fontId', 'fillId', 'borderId', 'quotePrefix', 'pivotButton']
  const tag = startTag(format)
  const inner = tag.length === format.length ? '' : format.slice(tag.length, format.lastIndexOf('</')).trim()
  return [...parts.map((name) => attribute(tag, name) ?? '0'), inner].join('|')
}

function attribute(format: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(startTag(format))
  return found?.[1] ?? found?.[2]
}

const startTag = (format: string): string => format.slice(0, format.indexOf('>') + 1)

function withAttributes(format: string, changes: Readonly<Record<string, string>>): string {
  const tag = startTag(format)
  const changed = Object.entries(changes).reduce((text, [name, value]) => withAttribute(text, name, value), tag)
  return changed + format.slice(tag.length)
}
