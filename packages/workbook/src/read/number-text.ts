/** Digits a spreadsheet keeps of a number; a longer identity number typed as a number has lost its end. */
const KEPT_DIGITS = 15
const KEPT_LIMIT = 10 ** KEPT_DIGITS
/** A number already written as a sheet shows it, provided that it has no more digits than a sheet keeps. */
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

export type NumberText = { readonly text: string; readonly precisionLost: boolean }

/**
 * A stored number as text: whole numbers in full without exponent, fractions rounded to the 15 digits a sheet shows (the
 * file holds 85.1 as 85.099999999999994). Whole numbers of more than 15 digits are marked: their last digits were lost
 * when they were typed, and the text is what is left of them. What is no number stays as it is.
 */
export function numberText(raw: string): NumberText {
  if (raw.length <= KEPT_DIGITS && PLAIN.test(raw) && raw !== '-0') return { text: raw, precisionLost: false }
  const value = raw !== '' && DECIMAL.test(raw) ? Number(raw) : Number.NaN
  if (!Number.isFinite(value)) return { text: raw, precisionLost: false }
  if (Math.abs(value) >= KEPT_LIMIT) return { text: expand(raw), precisionLost: true }
  return { text: withoutTrailingZeros(expand(value.toPrecision(KEPT_DIGITS))), precisionLost: false }
}

/** At least `digits` digits, as the number format '000…' shows a whole number. */
export function padNumber(text: string, digits: number): string {
  return /^\d+$/.test(text) ? text.padStart(digits, '0') : text
}

/** Writes a decimal with exponent out in full, digit by digit, without going through a binary number. */
function expand(decimal: string): string {
  const [, sign, whole, fraction, exponent] = DECIMAL.exec(decimal)!
  const digits = `${whole}${fraction}`
  const point = whole!.length + Number(exponent ?? 0)
  const integer = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')
  const rest = point < 0 ? `${'0'.repeat(-point)}${digits}` : digits.slice(point)
  const text = withoutTrailingZeros(`${integer.replace(/^0+(?=\d)/, '')}.${rest}`)
  return sign === '-' && text !== '0' ? `-${text}` : text
}

function withoutTrailingZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0*$/, '') : text
}
