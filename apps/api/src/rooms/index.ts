import type { FileRoom, Room } from '../pipeline/room.ts'
import { archiveRoom } from './preschool/archive.room.ts'
import { rosterRoom } from './preschool/roster.room.ts'
import { registrationRoom } from './registration/registration.room.ts'

/** The table of contents of the system: rooms of reviewed business. */
export const ROOMS: readonly Room[] = [registrationRoom]

/** Rooms that take files whose rows become records of their own. */
export const ENTERING_ROOMS = [rosterRoom, archiveRoom] as const

/** The room in which newcomers of the preschool roster are registered. */
export const NEWCOMER_ROOM = registrationRoom

/** A room by name; undefined for a name that is none. */
export const findRoom = (name: string): Room | undefined => ROOMS.find((room) => room.name === name)

/** Whatever takes files, by name. */
export const findFileRoom = (name: string): FileRoom | undefined =>
  findRoom(name) ?? ENTERING_ROOMS.find((room) => room.name === name)
