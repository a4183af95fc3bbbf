import type { Limits } from './limits.ts'
import type { Refusal } from './refusal.ts'
import type { ZipEntry } from './zip-directory.ts'

/**
 * Judges a zip by its directory alone, before a byte of it is unpacked: too large, packed too well, encrypted, ambiguous,
 * with macros or links to other files, or another kind of document. Undefined when it may be opened.
 */
export function checkContainer(entries: readonly ZipEntry[], limits: Limits, fileSize: number): Refusal | undefined {
  return (
    checkSizes(entries, limits, fileSize) ?? checkOverlaps(entries) ?? checkNames(entries) ?? checkContents(entries)
  )
}

function checkSizes(entries: readonly ZipEntry[], limits: Limits, fileSize: number): Refusal | undefined {
  if (entries.length > limits.entries) return { code: 'tooManyEntries', detail: String(entries.length) }
  let total = 0
  for (const entry of entries) {
    total += entry.uncompressedSize
    if (total > limits.uncompressedBytes) return { code: 'tooLarge', detail: 'uncompressedBytes' }
    if (entry.headerOffset + entry.compressedSize > fileSize) return { code: 'damaged', detail: entry.name }
    const checked = entry.uncompressedSize > limits.ratioFromBytes
    if (checked && entry.uncompressedSize > entry.compressedSize * limits.ratio)
      return { code: 'ratio', detail: entry.name }
  }
  return undefined
}

/** A local header without name and extra field: the least that lies between two entries. */
const LOCAL_HEADER = 30

/** Entries that share bytes are how a small file unpacks to petabytes; no program writes them. */
function checkOverlaps(entries: readonly ZipEntry[]): Refusal | undefined {
  const inOrder = [...entries].sort((a, b) => a.headerOffset - b.headerOffset)
  for (const [index, { headerOffset, compressedSize, name }] of inOrder.entries()) {
    const next = inOrder[index + 1]
    if (next !== undefined && next.headerOffset < headerOffset + LOCAL_HEADER + compressedSize)
      return { code: 'damaged', detail: name }
  }
  return undefined
}

/** Two entries of one name would let two programs read two different workbooks from one file. */
function checkNames(entries: readonly ZipEntry[]): Refusal | undefined {
  const seen = new Set<string>()
  for (const { name } of entries) {
    const key = name.toLowerCase()
    if (seen.has(key)) return { code: 'damaged', detail: name }
    seen.add(key)
  }
  return undefined
}

function checkContents(entries: readonly ZipEntry[]): Refusal | undefined {
  const names = entries.map((entry) => entry.name.toLowerCase())
  if (entries.some((entry) => entry.encrypted)) return { code: 'encrypted' }
  if (names.includes('mimetype') && names.includes('content.xml')) return { code: 'openDocument' }
  if (names.some((name) => name.startsWith('word/'))) return { code: 'notWorkbook', detail: 'word' }
  if (names.some((name) => name.startsWith('ppt/'))) return { code: 'notWorkbook', detail: 'slides' }
  if (names.some((name) => name.endsWith('vbaproject.bin') || name.includes('/macrosheets/'))) return { code: 'macro' }
  if (names.some((name) => name.includes('/externallinks/'))) return { code: 'externalLink' }
  if (names.includes('xl/workbook.bin')) return { code: 'binaryWorkbook' }
  return undefined
}
