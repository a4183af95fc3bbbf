import { importExport } from './export-imports.ts'
import { issueExport } from './export-issues.ts'
import { itemExport } from './export-items.ts'
import type { ExportList, ExportRoom } from './export-list.ts'
import { schoolExport } from './export-schools.ts'
import type { Room } from './room.ts'

const known = new WeakMap<ExportRoom, readonly ExportList[]>()

/** The lists of a room that can be exported: its own, and those every room with files has. */
export function exportListsOf(room: Room | ExportRoom): readonly ExportList[] {
  const lists = known.get(room) ?? [...('groups' in room ? corridorLists(room) : []), ...(room.lists ?? [])]
  known.set(room, lists)
  return lists
}

const corridorLists = (room: Room): readonly ExportList[] => [
  itemExport(room),
  schoolExport(room),
  importExport(room),
  issueExport(room),
]

/** One list of a room by its name. */
export const findExportList = (room: Room | ExportRoom, name: string): ExportList | undefined =>
  exportListsOf(room).find((list) => list.name === name)
