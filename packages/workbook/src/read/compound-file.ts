import type { RandomAccess } from './source.ts'

const HEADER = 512
const ENTRY = 128
/** Directory sectors followed at most: the streams asked for stand in the first few. */
const MAX_SECTORS = 64

/**
 * Names of the streams in an OLE2 compound file, the container of .xls and of password-protected .xlsx. Damaged files
 * give what could be read, perhaps nothing.
 */
export async function compoundStreamNames(source: RandomAccess): Promise<Set<string>> {
  const names = new Set<string>()
  const header = viewOf(await source.read(0, HEADER))
  if (header.byteLength < HEADER) return names
  const shift = header.getUint16(30, true)
  if (shift !== 9 && shift !== 12) return names
  const size = 1 << shift
  let sector = header.getUint32(48, true)
  for (let hops = 0; hops < MAX_SECTORS && isSector(sector); hops++) {
    const bytes = await source.read((sector + 1) * size, size)
    if (bytes.length < size) break
    for (let at = 0; at < size; at += ENTRY) addName(viewOf(bytes.subarray(at, at + ENTRY)), names)
    sector = await nextSector(source, header, size, sector)
  }
  return names
}

/** An entry holds its name as UTF-16 in 64 bytes, then the name's length in bytes with its closing zero. */
function addName(entry: DataView, names: Set<string>): void {
  const length = Math.min(entry.getUint16(64, true), 64)
  let name = ''
  for (let at = 0; at + 2 < length; at += 2) name += String.fromCharCode(entry.getUint16(at, true))
  if (name !== '') names.add(name)
}

/** Follows the allocation table, as far as the header's own list of its sectors reaches (109 of them, 6.8 MB). */
async function nextSector(source: RandomAccess, header: DataView, size: number, sector: number): Promise<number> {
  const perSector = size / 4
  const table = Math.floor(sector / perSector)
  if (table >= 109) return 0xffffffff
  const tableSector = header.getUint32(76 + table * 4, true)
  if (!isSector(tableSector)) return 0xffffffff
  const cell = await source.read((tableSector + 1) * size + (sector % perSector) * 4, 4)
  return cell.length === 4 ? viewOf(cell).getUint32(0, true) : 0xffffffff
}

function isSector(sector: number): boolean {
  return sector < 0xfffffffa
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
