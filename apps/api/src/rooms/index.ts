import type { ReviewRoom, Room } from '../pipeline/room.ts'
import { problemRoom } from './problem/problem.room.ts'
import { registrationRoom } from './registration/registration.room.ts'

/** Rooms whose items come from files. */
export const ROOMS: readonly Room[] = [registrationRoom]

/** The table of contents of the system: every room whose items are reviewed. */
const REVIEW_ROOMS: readonly ReviewRoom[] = [...ROOMS, problemRoom]

/** A room with files by name; undefined for a name that is none. */
export const findRoom = (name: string): Room | undefined => ROOMS.find((room) => room.name === name)

/** A room by name, as reviews need it; undefined for a name that is none. */
export const findReviewRoom = (name: string): ReviewRoom | undefined => REVIEW_ROOMS.find((room) => room.name === name)
