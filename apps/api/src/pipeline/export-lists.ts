import { itemExport } from './export-items.ts'
import type { ExportList } from './export-list.ts'
import type { Room } from './room.ts'

const known = new WeakMap<Room, readonly ExportList[]>()

/** The lists of a room that can be exported: its items, and what else it names. */
export function exportListsOf(room: Room): readonly ExportList[] {
  const lists = known.get(room) ?? [itemExport(room), ...(room.lists ?? [])]
  known.set(room, lists)
  return lists
}

/** One list of a room by its name. */
export const findExportList = (room: Room, name: string): ExportList | undefined =>
  exportListsOf(room).find((list) => list.name === name)
