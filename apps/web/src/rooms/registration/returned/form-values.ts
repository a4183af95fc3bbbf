import { RESIDENT_NEWCOMER_FORM } from '@xueji/contracts/rooms/registration/registration.form'
import { followsNumber, valuesOfNumber } from './derived-values.ts'

/** Texts by column key, as the form holds them. */
export type FormValues = Readonly<Record<string, string | undefined>>

/** The values a form begins with: every column of the template, empty ones as ''. */
export const initialValues = (stored: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(RESIDENT_NEWCOMER_FORM.columns.map(({ key }) => [key, stored[key] ?? '']))

/** What goes to the server: columns with a value, blanks around them gone; gender and birth date from the number where they follow it (IDN-006). */
export function wireValues(values: FormValues): Record<string, string> {
  const derived = followsNumber(values.identityType) ? valuesOfNumber(values.identityNumber) : {}
  const merged: FormValues = { ...values, ...derived }
  const wire: Record<string, string> = {}
  for (const { key } of RESIDENT_NEWCOMER_FORM.columns) {
    const text = merged[key]?.trim()
    if (text) wire[key] = text
  }
  return wire
}

/** Keys whose value differs from what was stored: marked in the form, counted beside the button. */
export const changedKeys = (values: FormValues, stored: Readonly<Record<string, string>>): ReadonlySet<string> => {
  const wire = wireValues(values)
  return new Set(
    RESIDENT_NEWCOMER_FORM.columns.map(({ key }) => key).filter((key) => (wire[key] ?? '') !== (stored[key] ?? '')),
  )
}
