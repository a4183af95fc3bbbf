import type { PersonToCheck, PersonToVerify } from '../identity-gateway.ts'

/**
 * An invented resident number whose sequence code steers the sandbox (its README): area 000000 exists nowhere, and the
 * check character is a fixed X, so that no real person's number can come of it. `serial` below 3,000 makes it unique.
 */
function buildResidentNumber(sequence: string, serial: number): string {
  const year = 2000 + Math.floor(serial / 300)
  const month = 1 + (Math.floor(serial / 25) % 12)
  const day = 1 + (serial % 25)
  return `000000${year}${twoDigits(month)}${twoDigits(day)}${sequence}X`
}

/** One person for the duplicate check; 001 is an ordinary sequence code. */
export function buildPersonToCheck(serial: number, sequence = '001'): PersonToCheck {
  return { ref: `p${serial}`, identityType: '1', identityNumber: buildResidentNumber(sequence, serial) }
}

/** One person for the verification. */
export function buildPersonToVerify(serial: number, sequence = '001'): PersonToVerify {
  return { ref: `p${serial}`, name: `测试${serial}`, identityNumber: buildResidentNumber(sequence, serial) }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
