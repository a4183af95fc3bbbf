import { itemExport } from './export-items.ts'
import type { ExportList } from './export-list.ts'
import type { ListingRoom, Room } from './room.ts'

const known = new WeakMap<ListingRoom, readonly ExportList[]>()

/** The lists of a room that can be exported: its own, and its items where they come from files. */
export function exportListsOf(room: Room | ListingRoom): readonly ExportList[] {
  const lists = known.get(room) ?? [
    ...('planEffects' in room && 'entries' in room ? [itemExport(room)] : []),
    ...(room.lists ?? []),
  ]
  known.set(room, lists)
  return lists
}

/** One list of a room by its name. */
export const findExportList = (room: Room | ListingRoom, name: string): ExportList | undefined =>
  exportListsOf(room).find((list) => list.name === name)
