import { serialText } from './dates.ts'
import { GENERAL, type NumberKind, ZERO_PADDED } from './number-format.ts'
import { numberText, padNumber } from './number-text.ts'

export type ShownNumber = { readonly text: string; readonly flag: 'date' | 'precisionLost' | undefined }

/** A stored number as its author saw it: a day or time where its format makes it one, zeros in front where the format asks for them. */
export function shownNumber(raw: string, kind: NumberKind, epoch1904: boolean): ShownNumber {
  const isTime = kind !== GENERAL && kind < ZERO_PADDED
  const date = isTime ? serialText(Number(raw), kind, epoch1904) : undefined
  if (date !== undefined) return { text: date, flag: 'date' }
  const { text, precisionLost } = numberText(raw)
  const shown = kind > ZERO_PADDED ? padNumber(text, kind - ZERO_PADDED) : text
  return { text: shown, flag: precisionLost ? 'precisionLost' : undefined }
}
