import { itemExport } from './export-items.ts'
import type { ExportList } from './export-list.ts'
import type { ReviewRoom, Room } from './room.ts'

const known = new WeakMap<ReviewRoom, readonly ExportList[]>()

/** The lists of a room that can be exported: its own, and its items where they come from files. */
export function exportListsOf(room: Room | ReviewRoom): readonly ExportList[] {
  const lists = known.get(room) ?? [...('entries' in room ? [itemExport(room)] : []), ...(room.lists ?? [])]
  known.set(room, lists)
  return lists
}

/** One list of a room by its name. */
export const findExportList = (room: Room | ReviewRoom, name: string): ExportList | undefined =>
  exportListsOf(room).find((list) => list.name === name)
