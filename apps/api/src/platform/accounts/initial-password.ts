import { randomInt } from 'node:crypto'

// Without signs that look like others: it is read off a screen, or a slip of paper, once.
const CLASSES = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '@#%+=?'] as const
const LENGTH = 14

/** A password for the first sign-in: fourteen signs of all four classes, from the machine's randomness. */
export function initialPassword(): string {
  const pick = (from: string): string => from[randomInt(from.length)]!
  const signs = [...CLASSES.map(pick), ...Array.from({ length: LENGTH - CLASSES.length }, () => pick(CLASSES.join('')))]
  for (let at = signs.length - 1; at > 0; at--) {
    const other = randomInt(at + 1)
    ;[signs[at], signs[other]] = [signs[other]!, signs[at]!]
  }
  return signs.join('')
}
