import type { Codec } from '../codec/codec.ts'
import { portableCodec } from '../codec/portable-codec.ts'
import { checkContainer } from './container-check.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { partText } from './part-encoding.ts'
import { type Refusal, RefusedError, refusalOf } from './refusal.ts'
import { parseRelationships, type Relationship, relationshipsPartOf } from './relationships.ts'
import { findNotZip } from './signature.ts'
import { asRandomAccess, type RandomAccess, type WorkbookSource } from './source.ts'
import { scanXml } from './xml-text.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'
import { readWholeEntry } from './zip-entry.ts'

export type OpenOptions = {
  /** Replaces single limits of `DEFAULT_LIMITS`. */
  readonly limits?: Partial<Limits>
  /** `nodeCodec` in Node; plain JavaScript when left out. */
  readonly codec?: Codec
}

export type Opened =
  | { readonly ok: true; readonly sheets: readonly Sheet[] }
  | { readonly ok: false; readonly refusal: Refusal }

/** A worksheet whose rows can be read with `readRows`, as often as wished while the source stays readable. */
export type Sheet = {
  readonly name: string
  /** Not shown in the spreadsheet's tabs. */
  readonly hidden: boolean
  /** What `readRows` needs; nothing for callers. */
  readonly content: SheetContent
}

export type SheetContent = {
  readonly container: Container
  readonly workbookPart: string
  readonly entry: ZipEntry
  readonly strings: ZipEntry | undefined
  readonly styles: ZipEntry | undefined
  readonly epoch1904: boolean
}

/** An opened zip that passed its checks. */
export type Container = {
  readonly source: RandomAccess
  readonly codec: Codec
  readonly limits: Limits
  /** In the order of the directory. */
  readonly entries: readonly ZipEntry[]
  find(part: string): ZipEntry | undefined
  hasExtension(extension: string): boolean
}

/**
 * Checks the file and lists its worksheets; reads no cell yet. Whatever is wrong with the file is the answer's refusal,
 * never an exception; only a source that cannot be read throws.
 */
export async function openWorkbook(source: WorkbookSource, options: OpenOptions = {}): Promise<Opened> {
  try {
    return { ok: true, sheets: await listSheets(await openContainer(asRandomAccess(source), options)) }
  } catch (error) {
    return { ok: false, refusal: refusalOf(error) }
  }
}

async function openContainer(source: RandomAccess, options: OpenOptions): Promise<Container> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const notZip = await findNotZip(source)
  if (notZip !== undefined) throw new RefusedError(notZip.code, notZip.detail)
  const entries = await readZipDirectory(source, limits.entries)
  const refusal = checkContainer(entries, limits, source.size)
  if (refusal !== undefined) throw new RefusedError(refusal.code, refusal.detail)
  // Part names are compared without regard to case.
  const byName = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]))
  return {
    source,
    limits,
    entries,
    codec: options.codec ?? portableCodec,
    find: (part) => byName.get(part.toLowerCase()),
    hasExtension: (extension) => [...byName.keys()].some((name) => name.endsWith(`.${extension.toLowerCase()}`)),
  }
}

async function listSheets(container: Container): Promise<Sheet[]> {
  await checkContentTypes(container)
  const workbookPart = await findWorkbookPart(container)
  const relationships = await readRelationships(container, workbookPart)
  checkRelationships(relationships)
  const byId = new Map(relationships.map((relationship) => [relationship.id, relationship]))
  const part = (kind: string) => {
    const name = relationships.find((relationship) => relationship.kind === kind)?.part
    return name === undefined ? undefined : container.find(name)
  }
  const workbook = parseWorkbook(await readText(container, workbookPart))
  const shared = {
    container,
    workbookPart,
    strings: part('sharedStrings'),
    styles: part('styles'),
    epoch1904: workbook.epoch1904,
  }
  // Every sheet has a part of its own; one part under a thousand names would be read a thousand times.
  if (workbook.sheets.length > container.limits.entries) throw new RefusedError('tooManyEntries', 'sheets')
  const sheets = workbook.sheets.flatMap(({ name, hidden, relationId }): Sheet[] => {
    const relationship = byId.get(relationId)
    if (relationship !== undefined && relationship.kind !== 'worksheet') return []
    const entry = relationship?.part === undefined ? undefined : container.find(relationship.part)
    if (entry === undefined) throw new RefusedError('damaged', `sheet ${name}`)
    return [{ name, hidden, content: { ...shared, entry } }]
  })
  if (sheets.length === 0) throw new RefusedError('noSheet')
  return sheets
}

/** A macro or a link to another file under an unusual name still has to declare its type. */
async function checkContentTypes(container: Container): Promise<void> {
  const entry = container.find('[Content_Types].xml')
  if (entry === undefined) return
  scanXml(partText(await readWholeEntry(container.source, entry, container.codec, container.limits.partBytes)), {
    open: (name, attributes) => {
      const type = attributes.get('ContentType') ?? ''
      // SheetJS declares the types of extensions that it does not use.
      if (name === 'Default' && !container.hasExtension(attributes.get('Extension') ?? '')) return
      if (/vbaProject|macroEnabled|macrosheet/i.test(type)) throw new RefusedError('macro')
      if (/spreadsheetml\.externalLink/i.test(type)) throw new RefusedError('externalLink')
    },
  })
}

/** So does a relation, whatever the part is called. */
function checkRelationships(relationships: readonly Relationship[]): void {
  for (const { kind } of relationships) {
    if (kind === 'vbaProject' || kind === 'xlMacrosheet') throw new RefusedError('macro')
    if (kind === 'externalLink') throw new RefusedError('externalLink')
  }
}

async function findWorkbookPart(container: Container): Promise<string> {
  const relationships = await readRelationships(container, '')
  const part = relationships.find(({ kind }) => kind === 'officeDocument')?.part ?? 'xl/workbook.xml'
  if (container.find(part) === undefined) throw new RefusedError('notWorkbook', 'zip')
  return part
}

async function readRelationships(container: Container, owner: string): Promise<Relationship[]> {
  const part = relationshipsPartOf(owner)
  return container.find(part) === undefined ? [] : parseRelationships(await readText(container, part), owner)
}

async function readText(container: Container, part: string): Promise<string> {
  const entry = container.find(part)
  if (entry === undefined) throw new RefusedError('damaged', part)
  return partText(await readWholeEntry(container.source, entry, container.codec, container.limits.partBytes))
}

type WorkbookPart = {
  readonly epoch1904: boolean
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly relationId: string }[]
}

function parseWorkbook(xml: string): WorkbookPart {
  const sheets: { name: string; hidden: boolean; relationId: string }[] = []
  let epoch1904 = false
  let root: string | undefined
  scanXml(xml, {
    open: (name, attributes) => {
      root ??= name
      if (name === 'workbookPr') epoch1904 = /^(1|true)$/.test(attributes.get('date1904') ?? '')
      if (name !== 'sheet') return
      const state = attributes.get('state') ?? 'visible'
      sheets.push({
        name: attributes.get('name') ?? '',
        hidden: state !== 'visible',
        relationId: attributes.get('id') ?? '',
      })
    },
  })
  if (root !== 'workbook') throw new RefusedError('notWorkbook', root)
  return { epoch1904, sheets }
}
