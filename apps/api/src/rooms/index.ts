import type { ExportRoom } from '../pipeline/export-list.ts'
import type { FileRoom, ReviewRoom, Room } from '../pipeline/room.ts'
import { legacyRoom } from './legacy/legacy.room.ts'
import { archiveRoom } from './preschool/archive.room.ts'
import { preschoolLists } from './preschool/roster.export.ts'
import { rosterRoom } from './preschool/roster.room.ts'
import { problemRoom } from './problem/problem.room.ts'
import { registrationRoom } from './registration/registration.room.ts'
import { schoolLists } from './school/school.export.ts'
import { systemLists } from './system/system.export.ts'
import { vocationalRoom } from './vocational/vocational.room.ts'

/** Rooms whose items come from files and forms. */
export const ROOMS: readonly Room[] = [registrationRoom]

/** Rooms that take files whose rows become records of their own. */
export const ENTERING_ROOMS = [rosterRoom, archiveRoom, vocationalRoom, legacyRoom] as const

/** The room in which newcomers of the preschool roster are registered. */
export const NEWCOMER_ROOM = registrationRoom

/** The table of contents of the system: every room whose items are reviewed. */
const REVIEW_ROOMS: readonly ReviewRoom[] = [...ROOMS, problemRoom]

/** Whatever else has lists to be exported. */
export const LISTING_ROOMS: readonly ExportRoom[] = [preschoolLists, schoolLists, systemLists, vocationalRoom]

/** Whatever has lists to be exported, by name. */
export const findExportRoom = (name: string): ExportRoom | undefined =>
  [...REVIEW_ROOMS, ...LISTING_ROOMS].find((room) => room.name === name)

/** A room with files by name; undefined for a name that is none. */
export const findRoom = (name: string): Room | undefined => ROOMS.find((room) => room.name === name)

/** A room by name, as reviews need it; undefined for a name that is none. */
export const findReviewRoom = (name: string): ReviewRoom | undefined => REVIEW_ROOMS.find((room) => room.name === name)

/** Whatever takes files, by name. */
export const findFileRoom = (name: string): FileRoom | undefined =>
  findRoom(name) ?? ENTERING_ROOMS.find((room) => room.name === name)
