import type { Room } from '../pipeline/room.ts'
import { registrationRoom } from './registration/registration.room.ts'

/** The table of contents of the system. */
export const ROOMS: readonly Room[] = [registrationRoom]

/** A room by name; undefined for a name that is none. */
export const findRoom = (name: string): Room | undefined => ROOMS.find((room) => room.name === name)
