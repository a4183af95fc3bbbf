/** Only the conditions that are set; texts without the blanks around them. */
export function conditionsSet(values: object): object {
  const trimmed = Object.entries(values).map(([key, value]) => [key, typeof value === 'string' ? value.trim() : value])
  return Object.fromEntries(trimmed.filter(([, value]) => value !== undefined && value !== null && value !== ''))
}
