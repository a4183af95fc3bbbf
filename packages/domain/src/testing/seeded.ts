/** A repeatable source of arbitrary values for property tests: the same seed gives the same run. */
export type Seeded = {
  /** Whole number from..to, both included. */
  readonly int: (from: number, to: number) => number
  readonly pick: <T>(list: readonly T[]) => T
  /** Up to `most` pieces of the alphabet in a row. */
  readonly text: (alphabet: readonly string[], most: number) => string
}

/** mulberry32 over a 32-bit seed. */
export function createSeeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  const pick = <T>(list: readonly T[]): T => list[int(0, list.length - 1)]!
  const text = (alphabet: readonly string[], most: number): string => {
    let out = ''
    for (let left = int(0, most); left > 0; left--) out += pick(alphabet)
    return out
  }
  return { int, pick, text }
}

/** Pieces that have broken parsers before: blanks of all kinds, full-width forms, lone surrogates, keys of objects, signs of spreadsheets. */
export const NASTY_PIECES: readonly string[] = [
  ...'0123456789xX-/.年月日至~,;:()"\'=+@<>&%\\',
  ...' \t\n\r\0\u001f\u007f\u00a0\u3000\u200b\u200f\u2060\ufeff\u2003',
  ...'0129XxAZ（），．－～＠　',
  ...['张', '三', '𠮷', '·', '•', '是', '否', '男', '汉族', '中国', '居民身份证', '其他', '长期', 'é', '😀', 'e\u0301'],
  ...['\ud800', '\udc00', '__proto__', 'constructor', 'toString', 'undefined', 'null', 'NaN', '1e309', '20200315'],
  ...['2020-02-30', '440202000000', '110101201503150018', '13800000000', 'a@b.cn', '�', '1'.repeat(40)],
]
