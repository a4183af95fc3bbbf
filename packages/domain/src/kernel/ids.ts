/**
 * A UUIDv7 from its parts (RFC 9562): `millis` since the epoch, a 12-bit `counter` that keeps ids of one millisecond in the
 * order they were made, and 8 random bytes. Pure: the caller owns clock and randomness.
 */
export function formatUuid7(millis: number, counter: number, random: Uint8Array): string {
  const time = millis.toString(16).padStart(12, '0')
  const version = (0x7000 | (counter & 0xfff)).toString(16)
  let tail = ((random[0]! & 0x3f) | 0x80).toString(16).padStart(2, '0')
  for (let index = 1; index < 8; index++) tail += random[index]!.toString(16).padStart(2, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** True for any UUID in its canonical lower-case form. */
export const isUuid = (text: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
