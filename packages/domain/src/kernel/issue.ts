/** `error` keeps a row out; `warning` is shown and lets it pass. */
export type Severity = 'error' | 'warning'

/**
 * One thing wrong with one field of one row. The sentence a registrar reads is made from `code` and `params` by the issue
 * catalogue in contracts: the domain words nothing.
 */
export type Issue = {
  readonly code: string
  readonly severity: Severity
  /** Field path as in the template, e.g. `name`, `guardians.0.phone`; absent when the whole row is meant. */
  readonly field?: string
  /** The offending value as the author wrote it. */
  readonly value?: string
  readonly params?: Readonly<Record<string, string | number>>
}

/** An error on a field. */
export const errorOn = (field: string, code: string, value?: string, params?: Issue['params']): Issue =>
  makeIssue('error', field, code, value, params)

/** A warning on a field. */
export const warningOn = (field: string, code: string, value?: string, params?: Issue['params']): Issue =>
  makeIssue('warning', field, code, value, params)

/** True when nothing in the list keeps the row out. */
export const passes = (issues: readonly Issue[]): boolean => issues.every((issue) => issue.severity !== 'error')

function makeIssue(severity: Severity, field: string, code: string, value?: string, params?: Issue['params']): Issue {
  return { code, severity, field, ...(value === undefined ? {} : { value }), ...(params ? { params } : {}) }
}
