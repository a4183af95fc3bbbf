import { hash, verify } from '@node-rs/argon2'

// Argon2id, 19456 KiB, two passes, one lane (security: Accounts). The library's default algorithm is Argon2id.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Verified against when the user is unknown, so that the answer takes as long. */
const DECOY = hash('nobody has this password', COST)

/** The stored form of a password. */
export const hashPassword = (password: string): Promise<string> => hash(password, COST)

/** True when the password fits; an unknown account costs the same time. */
export async function verifyPassword(stored: string | undefined, password: string): Promise<boolean> {
  const fits = await verify(stored ?? (await DECOY), password)
  return stored !== undefined && fits
}

/** True for 10–64 characters of at least three classes, other than the old one and the user name. */
export function isStrongPassword(password: string, oldPassword: string, username: string): boolean {
  if (password.length < 10 || password.length > 64 || password === oldPassword) return false
  if (password.toLowerCase().includes(username.toLowerCase())) return false
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]
  return classes.filter((pattern) => pattern.test(password)).length >= 3
}
